// Package pandas gives scripts the module pandas as far as tables of parameters need it: read_csv, DataFrame,
// Series, selection, statistics, grouping, and printing as pandas 1.5 prints.
//
// Tables are small here: values are kept as values of the language, one slice for each column, with the name of
// the type that pandas would give the column. The package does not know neurons, figures or notebooks.
package pandas
