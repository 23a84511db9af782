// Package syntax is the one scanner and parser of Synfire: Python modules and notebook cells, model
// equations, abstract code (resets, synaptic actions) and single expressions all become the nodes that this
// package declares.
//
// It knows the shape of text and nothing of its meaning: no units, no neurons, no NumPy.
package syntax
