// The C side of package cvm: what is faster in one crossing from Go, and what must run in C because it may raise an error.
#ifndef MTSTATES_CVM_GLUE_H
#define MTSTATES_CVM_GLUE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stddef.h>
#include <stdint.h>

#if LUA_VERSION_NUM < 502
#define LUA_OK 0
enum { LUA_HOOKTAILRETURN = LUA_HOOKTAILRET };
#else
enum { LUA_HOOKTAILRETURN = -1 };
#endif

// How an error that a Go function raises ends, see cvm_failure.
enum { PLAIN = 1, MEMORY = 2, CAUSE = 4, NOTED = 8 };

// What an operation on a table answers when the table must be filled first.
enum { LAZY = -1 };

// cvm is what C keeps with a VM. It never refers to Go memory between runs.
typedef struct cvm {
  lua_State *L;       // the main thread
  void *anchor;       // the Go side of the VM while it runs, else NULL
  const void *lazy;   // the metatable of tables that are filled on use
  size_t used, limit; // bytes of the VM; limit 0 stands for none
  size_t block, head; // the size of the largest block while Lua runs, and of what a string has beside its bytes
  int enforced;       // whether the limits hold: Lua runs, so that an error finds a protected call
  int raised;         // how the error ends that a Go function has raised last
  int depth;          // of calls from Go and coroutines in each other
  int every;          // instructions after which Go is asked for an interrupt, 0 for never
  long long max, ran; // instructions that a call may run, 0 for any number, and that the present one has run
  int stopped;        // how the interrupt ends that was raised as an error of memory, else 0
  size_t extra;       // what the present call may use beyond the limit: the one after an error of memory, to free some
  int starved;        // whether the last call has ended with an error of memory
  int failed;         // errors of memory that the present call has caught
  int final;          // how the error ends that each instruction raises until the call ends, else 0
  int scripts;        // whether a script has ever set a hook
  int nfreed, capfreed;
  int *freed;         // the slots of collected Go values
} cvm;

cvm *cvm_new(size_t string);
void cvm_close(cvm *v);
cvm *cvm_of(lua_State *L);

int cvm_pcall(lua_State *L, void *anchor, int args, int results, int *raised);
int cvm_lessthan(lua_State *L, void *anchor, int a, int b);
int cvm_next(lua_State *L, void *anchor, int index, int raw);

int cvm_type(lua_State *L, int index);
int cvm_tonumber(lua_State *L, int index, double *n);
int cvm_tointeger(lua_State *L, int index, long long *n);
const char *cvm_tostring(lua_State *L, int index, size_t *size, int *pushed);
int cvm_slot(lua_State *L, int index);
uintptr_t cvm_pointer(lua_State *L, int index);
uintptr_t cvm_light(lua_State *L, int index);
int cvm_rawlen(lua_State *L, int index);
void cvm_rotate(lua_State *L, int index, int n);
int cvm_checkstack(lua_State *L, int n);

void cvm_pushnumber(lua_State *L, double n);
void cvm_pushinteger(lua_State *L, long long n);
void cvm_pushlight(lua_State *L, uintptr_t light);
void cvm_pushuserdata(lua_State *L, int slot, const char *type, size_t size);
void cvm_pushbox(lua_State *L, int slot);
void cvm_pushfunction(lua_State *L, int slot, int n);
void cvm_pushtextual(lua_State *L);
void cvm_rawgetkey(lua_State *L, void *key);
void cvm_setlazy(lua_State *L);
void cvm_pushlazy(lua_State *L);
int cvm_pushnative(lua_State *L, const char *name, size_t size, int texts);
void cvm_pushglobals(lua_State *L);
void cvm_dofile(lua_State *L);
void cvm_replace(lua_State *L, int index);
void cvm_pushregistry(lua_State *L);

int cvm_getfield(lua_State *L, int index, const char *name, size_t size, int raw);
int cvm_setfield(lua_State *L, int index, const char *name, size_t size, int raw);
int cvm_geti(lua_State *L, int index, long long key, int raw);
int cvm_seti(lua_State *L, int index, long long key, int raw);
int cvm_rawget(lua_State *L, int index, int raw);
int cvm_rawset(lua_State *L, int index, int raw);
int cvm_getmetatable(lua_State *L, int index, int raw);
int cvm_setmetatable(lua_State *L, int index, int raw);
int cvm_islazy(lua_State *L, int index);

int cvm_load(lua_State *L, const char *text, size_t size, const char *chunk, const char *mode, int env);
char *cvm_dump(lua_State *L, int index, size_t *size);
int cvm_copyfunction(lua_State *L, lua_State *to, int index);
int cvm_transfer(lua_State *L, lua_State *to, int from, int last, size_t longest);

const char *cvm_upvalue(lua_State *L, int index, int n, int set);
int cvm_getinfo(lua_State *L, lua_State *thread, int level, const char *what, lua_Debug *ar);
int cvm_haslevel(lua_State *L, int level);
int cvm_istail(const lua_Debug *ar);
int cvm_params(const lua_Debug *ar, int *isvararg);

void cvm_arm(lua_State *L);
void cvm_openhooks(lua_State *L);
extern const luaL_Reg cvm_functions[];
int cvm_fits(lua_State *L, size_t n);
void cvm_collect(lua_State *L, void *anchor);
#endif
