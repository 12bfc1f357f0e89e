// Package luajit implements the backend contract on LuaJIT 2.1, the C library of the system (pkg-config luajit; on Debian the
// package libluajit-5.1-dev). It is compiled only under the build tag mtstates_luajit, and needs a C compiler. Package cvm
// has the operations; this one has what is LuaJIT's alone.
package luajit
