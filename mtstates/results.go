package mtstates

// Results are what a setup or a callback returns: nil, bool, float64, string and backend.LightUserdata.
type Results []any
