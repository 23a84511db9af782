// Package export writes data in the formats of other tools. The format notes stand with each writer.
//
// It does not know monitors, neurons or units: arrays come in as numbers with a shape.
package export
