// Package notebook runs documents: scripts, Jupyter notebooks and Markdown in jupytext form. It splits a
// document into cells, checks all names before the first cell runs, executes the cells one after the other,
// keeps what each of them shows, and writes that down as one page and as files of figures.
//
// It knows neither neurons nor how a figure is drawn: simulations are reached through a Session, and come back
// as reports, figures and warnings. It does not know the command line either.
package notebook
