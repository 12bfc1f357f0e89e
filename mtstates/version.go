package mtstates

// Version is the version of this module, and _VERSION in Lua.
const Version = "0.1.0"
