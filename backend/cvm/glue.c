//go:build mtstates_lua54 || mtstates_luajit

#include "glue.h"

#include <stdlib.h>
#include <string.h>

// A box is the memory of a full userdata that stands for a Go value.
typedef struct box {
  const void *magic;
  int slot;
} box;

static char boxkey, nativekey, lazykey; // their addresses are keys of the registry

// Memory.

// allocate counts the bytes of a VM. What is freed is put on no list, so the count is exact.
static void *allocate(void *ud, void *block, size_t old, size_t size) {
  cvm *v = ud;
  if (block == NULL) old = 0; // then it is the kind of object
  if (size == 0) {
    v->used -= old;
    free(block);
    return NULL;
  }
  if (v->enforced && size > old &&
      ((v->block && size > v->block) || (v->limit && v->used + (size - old) > v->limit + v->extra)))
    return NULL;
  void *moved = realloc(block, size);
  if (moved != NULL) v->used += size - old;
  return moved;
}

cvm *cvm_of(lua_State *L) {
  void *ud;
  lua_getallocf(L, &ud);
  return ud;
}

// Go values.

// collected notes that a Go value is no longer used. It runs at any time, so Go learns of it later.
static int collected(lua_State *L) {
  cvm *v = cvm_of(L);
  box *b = lua_touserdata(L, 1);
  if (b == NULL || b->magic != &boxkey || b->slot < 0) return 0;
  if (v->nfreed == v->capfreed) {
    int cap = v->capfreed ? 2 * v->capfreed : 16;
    int *more = realloc(v->freed, cap * sizeof *more);
    if (more == NULL) return 0; // the value lives as long as the VM
    v->freed = more;
    v->capfreed = cap;
  }
  v->freed[v->nfreed++] = b->slot;
  b->slot = -1;
  return 0;
}

static box *newbox(lua_State *L, int slot) {
  box *b = lua_newuserdata(L, sizeof *b);
  b->magic = &boxkey;
  b->slot = slot;
  return b;
}

static box *tobox(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA || cvm_rawlen(L, index) != sizeof(box)) return NULL;
  box *b = lua_touserdata(L, index);
  return b->magic == &boxkey ? b : NULL;
}

int cvm_slot(lua_State *L, int index) {
  box *b = tobox(L, index);
  return b == NULL ? -1 : b->slot;
}

// cvm_rawgetkey pushes the value under a key of the registry.
void cvm_rawgetkey(lua_State *L, void *key) {
  lua_pushlightuserdata(L, key);
  lua_rawget(L, LUA_REGISTRYINDEX);
}

// cvm_pushbox pushes a userdata for a slot, with nothing but the finalizer.
void cvm_pushbox(lua_State *L, int slot) {
  newbox(L, slot);
  cvm_rawgetkey(L, &boxkey);
  lua_setmetatable(L, -2);
}

// The finalizer must be in the metatable before the userdata gets it.
void cvm_pushuserdata(lua_State *L, int slot, const char *type, size_t size) {
  newbox(L, slot);
  lua_pushlstring(L, type, size);
  lua_rawget(L, LUA_REGISTRYINDEX);
  if (!lua_istable(L, -1)) {
    lua_pop(L, 1);
    cvm_rawgetkey(L, &boxkey);
  } else {
    lua_pushliteral(L, "__gc");
    lua_pushcfunction(L, collected);
    lua_rawset(L, -3);
  }
  lua_setmetatable(L, -2);
}

// Values.

int cvm_type(lua_State *L, int index) { return lua_type(L, index); }

int cvm_rawlen(lua_State *L, int index) {
#if LUA_VERSION_NUM >= 502
  return (int)lua_rawlen(L, index);
#else
  return (int)lua_objlen(L, index);
#endif
}

#if LUA_VERSION_NUM >= 502
static int fileran(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  return lua_gettop(L);
}
#endif

// dofile runs what its upvalue, which gets the arguments, has loaded. The chunk may yield where the VM has continuations.
static int dofile(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
#if LUA_VERSION_NUM >= 502
  lua_callk(L, 0, LUA_MULTRET, 0, fileran);
#else
  lua_call(L, 0, LUA_MULTRET);
#endif
  return lua_gettop(L);
}

// cvm_dofile makes dofile of the function on the top.
void cvm_dofile(lua_State *L) { lua_pushcclosure(L, dofile, 1); }

// isforeign reports whether a string is a number for LuaJIT alone: inf, nan and binary digits.
static int isforeign(lua_State *L, int index) {
#if LUA_VERSION_NUM < 502
  if (lua_type(L, index) != LUA_TSTRING) return 0;
  const char *s = lua_tostring(L, index);
  if (strpbrk(s, "nN") != NULL) return 1;
  s += strspn(s, " \t\n\v\f\r+-");
  return s[0] == '0' && (s[1] == 'b' || s[1] == 'B');
#else
  (void)L, (void)index;
  return 0;
#endif
}

int cvm_tonumber(lua_State *L, int index, double *n) {
  if (!lua_isnumber(L, index) || isforeign(L, index)) return 0;
  *n = lua_tonumber(L, index);
  return 1;
}

// cvm_tointeger reports whether the number at index is an integer of the VM.
int cvm_tointeger(lua_State *L, int index, long long *n) {
#if LUA_VERSION_NUM >= 503
  if (!lua_isinteger(L, index)) return 0;
  *n = lua_tointeger(L, index);
  return 1;
#else
  (void)L, (void)index, (void)n;
  return 0;
#endif
}

// cvm_tostring leaves a number as it is: its text is that of a copy, which the caller pops.
const char *cvm_tostring(lua_State *L, int index, size_t *size, int *pushed) {
  int type = lua_type(L, index);
  *pushed = 0;
  if (type == LUA_TSTRING) return lua_tolstring(L, index, size);
  if (type != LUA_TNUMBER) return NULL;
  lua_pushvalue(L, index);
  *pushed = 1;
  return lua_tolstring(L, -1, size);
}

uintptr_t cvm_pointer(lua_State *L, int index) {
  switch (lua_type(L, index)) {
  case LUA_TTABLE:
  case LUA_TFUNCTION:
  case LUA_TTHREAD:
  case LUA_TUSERDATA:
  case LUA_TLIGHTUSERDATA:
    return (uintptr_t)lua_topointer(L, index);
  }
  return 0;
}

uintptr_t cvm_light(lua_State *L, int index) { return (uintptr_t)lua_touserdata(L, index); }

// cvm_rotate rotates the values from a positive index on by n places, -1 or more.
void cvm_rotate(lua_State *L, int index, int n) {
#if LUA_VERSION_NUM >= 503
  lua_rotate(L, index, n);
#else
  if (n == -1) {
    lua_pushvalue(L, index);
    lua_remove(L, index);
  }
  for (; n > 0; n--) lua_insert(L, index);
#endif
}

int cvm_checkstack(lua_State *L, int n) { return lua_checkstack(L, n); }

// cvm_pushnumber pushes the integer that n is if the VM has integers: operations have counts and indexes as numbers.
void cvm_pushnumber(lua_State *L, double n) {
#if LUA_VERSION_NUM >= 503
  const double exact = 9007199254740992.0;
  if (n >= -exact && n <= exact && n == (double)(lua_Integer)n && (n != 0 || 1 / n > 0)) { // -0 is a float
    lua_pushinteger(L, (lua_Integer)n);
    return;
  }
#endif
  lua_pushnumber(L, n);
}

void cvm_pushinteger(lua_State *L, long long n) {
#if LUA_VERSION_NUM >= 503
  lua_pushinteger(L, n);
#else
  lua_pushnumber(L, (double)n);
#endif
}

void cvm_pushlight(lua_State *L, uintptr_t light) { lua_pushlightuserdata(L, (void *)light); }

void cvm_pushglobals(lua_State *L) {
#if LUA_VERSION_NUM >= 502
  lua_pushglobaltable(L);
#else
  lua_pushvalue(L, LUA_GLOBALSINDEX);
#endif
}

void cvm_replace(lua_State *L, int index) { lua_replace(L, index); }

void cvm_pushregistry(lua_State *L) { lua_pushvalue(L, LUA_REGISTRYINDEX); }

// Tables. An operation answers LAZY, and does nothing, for a table that must be filled first, unless it is raw.

// cvm_setlazy pops the metatable of such tables.
void cvm_setlazy(lua_State *L) {
  cvm_of(L)->lazy = lua_topointer(L, -1);
  lua_pushlightuserdata(L, &lazykey);
  lua_insert(L, -2);
  lua_rawset(L, LUA_REGISTRYINDEX);
}

void cvm_pushlazy(lua_State *L) { cvm_rawgetkey(L, &lazykey); }

int cvm_islazy(lua_State *L, int index) {
  const void *lazy = cvm_of(L)->lazy;
  if (lazy == NULL || !lua_getmetatable(L, index)) return 0;
  int is = lua_topointer(L, -1) == lazy;
  lua_pop(L, 1);
  return is;
}

static int absolute(lua_State *L, int index) {
  return index > 0 || index <= LUA_REGISTRYINDEX ? index : lua_gettop(L) + 1 + index;
}

int cvm_getfield(lua_State *L, int index, const char *name, size_t size, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  index = absolute(L, index);
  lua_pushlstring(L, name, size);
  lua_rawget(L, index);
  return 0;
}

int cvm_setfield(lua_State *L, int index, const char *name, size_t size, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  index = absolute(L, index);
  lua_pushlstring(L, name, size);
  lua_insert(L, -2);
  lua_rawset(L, index);
  return 0;
}

int cvm_geti(lua_State *L, int index, long long key, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  index = absolute(L, index);
  lua_pushinteger(L, key);
  lua_rawget(L, index);
  return 0;
}

int cvm_seti(lua_State *L, int index, long long key, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  index = absolute(L, index);
  lua_pushinteger(L, key);
  lua_insert(L, -2);
  lua_rawset(L, index);
  return 0;
}

int cvm_rawget(lua_State *L, int index, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  lua_rawget(L, index);
  return 0;
}

int cvm_rawset(lua_State *L, int index, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  lua_rawset(L, index);
  return 0;
}

int cvm_getmetatable(lua_State *L, int index, int raw) {
  if (!raw && cvm_islazy(L, index)) return LAZY;
  return lua_getmetatable(L, index);
}

int cvm_setmetatable(lua_State *L, int index, int raw) {
  if (!raw) {
    if (lua_istable(L, index) && cvm_islazy(L, index)) return LAZY;
    if (lua_istable(L, -1) && cvm_islazy(L, -1)) return LAZY - 1;
  }
  index = absolute(L, index);
  if (tobox(L, index) != NULL) { // which keeps its finalizer
    if (!lua_istable(L, -1)) {
      lua_pop(L, 1);
      cvm_rawgetkey(L, &boxkey);
    } else {
      lua_pushliteral(L, "__gc");
      lua_pushcfunction(L, collected);
      lua_rawset(L, -3);
    }
  }
  lua_setmetatable(L, index);
  return 0;
}

// Code.

int cvm_load(lua_State *L, const char *text, size_t size, const char *chunk, const char *mode, int env) {
  int status = luaL_loadbufferx(L, text, size, chunk, mode);
  if (status != LUA_OK || env == 0) return status;
  lua_pushvalue(L, env);
#if LUA_VERSION_NUM >= 502
  if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
#else
  lua_setfenv(L, -2);
#endif
  return status;
}

typedef struct bytes {
  char *start;
  size_t size, cap;
} bytes;

static int append(lua_State *L, const void *piece, size_t size, void *ud) {
  (void)L;
  bytes *b = ud;
  if (b->size + size > b->cap) {
    size_t cap = 2 * (b->size + size);
    char *more = realloc(b->start, cap);
    if (more == NULL) return 1;
    b->start = more;
    b->cap = cap;
  }
  memcpy(b->start + b->size, piece, size);
  b->size += size;
  return 0;
}

// cvm_dump returns the Lua function at index in the VM's binary form, which the caller frees, or NULL.
char *cvm_dump(lua_State *L, int index, size_t *size) {
  bytes b = {0};
  lua_pushvalue(L, index);
#if LUA_VERSION_NUM >= 503
  int failed = lua_dump(L, append, &b, 0);
#else
  int failed = lua_dump(L, append, &b);
#endif
  lua_pop(L, 1);
  if (failed) {
    free(b.start);
    return NULL;
  }
  *size = b.size;
  return b.start;
}

int cvm_copyfunction(lua_State *L, lua_State *to, int index) {
  size_t size;
  char *code = cvm_dump(L, index, &size);
  if (code == NULL) return LUA_ERRMEM;
  int status = cvm_load(to, code, size, "=copy", "b", 0);
  free(code);
  if (status != LUA_OK) lua_pop(to, 1);
  return status;
}

// cvm_transfer copies simple values, and strings of at most so many bytes. It returns the index of the first other one, with
// nothing pushed, or 0.
int cvm_transfer(lua_State *L, lua_State *to, int from, int last, size_t longest) {
  int top = lua_gettop(to);
  if (!lua_checkstack(to, last - from + 1 + LUA_MINSTACK)) return -1;
  for (int i = from; i <= last; i++) {
    size_t size;
    const char *text;
    switch (lua_type(L, i)) {
    case LUA_TNIL:
      lua_pushnil(to);
      break;
    case LUA_TBOOLEAN:
      lua_pushboolean(to, lua_toboolean(L, i));
      break;
    case LUA_TNUMBER:
#if LUA_VERSION_NUM >= 503
      if (lua_isinteger(L, i)) {
        lua_pushinteger(to, lua_tointeger(L, i));
        break;
      }
#endif
      lua_pushnumber(to, lua_tonumber(L, i));
      break;
    case LUA_TSTRING:
      text = lua_tolstring(L, i, &size);
      if (size > longest) {
        lua_settop(to, top);
        return i;
      }
      lua_pushlstring(to, text, size);
      break;
    case LUA_TLIGHTUSERDATA:
      lua_pushlightuserdata(to, lua_touserdata(L, i));
      break;
    default:
      lua_settop(to, top);
      return i;
    }
  }
  return 0;
}

// Debugging.

// cvm_upvalue pushes upvalue n of the Lua function at index, or pops a value and stores it there.
const char *cvm_upvalue(lua_State *L, int index, int n, int set) {
  if (lua_iscfunction(L, index)) return NULL;
  return set ? lua_setupvalue(L, index, n) : lua_getupvalue(L, index, n);
}

int cvm_haslevel(lua_State *L, int level) {
  lua_Debug ar;
  return lua_getstack(L, level, &ar);
}

// cvm_getinfo leaves what it pushes on L. The function is on the top of L when what begins with ">".
int cvm_getinfo(lua_State *L, lua_State *thread, int level, const char *what, lua_Debug *ar) {
  memset(ar, 0, sizeof *ar);
#if LUA_VERSION_NUM < 502
  // LuaJIT does nothing at all when there is a letter that it does not know.
  char known[sizeof ">SlnufL"] = "";
  for (size_t n = 0; *what; what++)
    if (strchr(">SlnufL", *what) && !strchr(known, *what)) known[n++] = *what;
  what = known;
#endif
  if (*what == '>') return lua_getinfo(L, what, ar);
  if (level < 0 || !lua_getstack(thread, level, ar)) return 0;
  int top = lua_gettop(thread);
  lua_checkstack(thread, 3);
  lua_getinfo(thread, what, ar);
  if (thread != L) lua_xmove(thread, L, lua_gettop(thread) - top);
  return 1;
}

int cvm_istail(const lua_Debug *ar) {
#if LUA_VERSION_NUM >= 502
  return ar->istailcall;
#else
  (void)ar;
  return 0;
#endif
}

int cvm_params(const lua_Debug *ar, int *isvararg) {
#if LUA_VERSION_NUM >= 502
  *isvararg = ar->isvararg;
  return ar->nparams;
#else
  (void)ar;
  *isvararg = 1;
  return 0;
#endif
}

// Making and closing.

static const luaL_Reg natives[] = {
#if LUA_VERSION_NUM >= 502
    {"", luaopen_base},         {"coroutine", luaopen_coroutine}, {"table", luaopen_table}, {"string", luaopen_string},
    {"math", luaopen_math},     {"utf8", luaopen_utf8},           {"debug", luaopen_debug},
#else
    {"", luaopen_base},     {"table", luaopen_table}, {"string", luaopen_string}, {"math", luaopen_math},
    {"bit", luaopen_bit},   {"jit", luaopen_jit},     {"debug", luaopen_debug},
#endif
    {NULL, NULL},
};

// keep stores the fields of the table on the top under their names behind a prefix in the table at index 1, and pops it.
static void keep(lua_State *L, const char *prefix) {
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) continue;
    if (*prefix)
      lua_pushfstring(L, "%s.%s", prefix, lua_tostring(L, -2));
    else
      lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
  }
  lua_pop(L, 1);
}

// opennatives opens the VM's own libraries where no script sees them, for cvm_pushnative, and clears the globals.
static int opennatives(lua_State *L) {
  cvm *v = cvm_of(L);
  char text[1000];
  memset(text, 0, sizeof text);
  lua_gc(L, LUA_GCSTOP, 0);
  v->head = v->used;
  lua_pushlstring(L, text, sizeof text);
  v->head = v->used - v->head - sizeof text;
  lua_gc(L, LUA_GCRESTART, 0);
  lua_settop(L, 0);
  lua_newtable(L);
  lua_pushlightuserdata(L, &nativekey);
  lua_pushvalue(L, 1);
  lua_rawset(L, LUA_REGISTRYINDEX);
  for (const luaL_Reg *lib = natives; lib->func != NULL; lib++) {
    lua_pushcfunction(L, lib->func);
    lua_pushstring(L, lib->name);
    lua_call(L, 1, 1);
#if LUA_VERSION_NUM >= 502
    if (*lib->name) lua_setglobal(L, lib->name);
#endif
    lua_settop(L, 1);
    cvm_pushglobals(L);
    if (*lib->name) lua_getfield(L, -1, lib->name);
    if (lua_istable(L, -1)) keep(L, lib->name);
    lua_settop(L, 1);
#if LUA_VERSION_NUM < 502
    if (*lib->name == 0) { // which has opened coroutine as well
      lua_getglobal(L, "coroutine");
      keep(L, "coroutine");
    }
#endif
  }
  cvm_pushglobals(L);
  for (lua_pushnil(L); lua_next(L, -2);) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, -4);
  }
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1)) keep(L, "string metatable");
  lua_pushnil(L);
  lua_setmetatable(L, -2);
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, "_LOADED");
  for (const luaL_Reg *own = cvm_functions; own->func != NULL; own++) {
    lua_pushcfunction(L, own->func);
    lua_setfield(L, 1, own->name);
  }
  cvm_openhooks(L);
  lua_pushlightuserdata(L, &boxkey);
  lua_newtable(L);
  lua_pushcfunction(L, collected);
  lua_setfield(L, -2, "__gc");
  lua_rawset(L, LUA_REGISTRYINDEX);
  return 0;
}

// cvm_pushnative pushes a value of the VM's own libraries. Functions of string take errors for strings when that is asked
// for.
int cvm_pushnative(lua_State *L, const char *name, size_t size, int texts) {
  cvm_rawgetkey(L, &nativekey);
  lua_pushlstring(L, name, size);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  if (texts && lua_tocfunction(L, -1) != NULL) cvm_pushtextual(L);
  if (!lua_isnil(L, -1)) return 1;
  lua_pop(L, 1);
  return 0;
}

// cvm_new returns a VM whose strings have at most so many bytes, NULL when there is no memory.
cvm *cvm_new(size_t string) {
  cvm *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  lua_State *L = v->L = lua_newstate(allocate, v);
  if (L == NULL) {
    free(v);
    return NULL;
  }
  lua_pushcfunction(L, opennatives);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
    cvm_close(v);
    return NULL;
  }
  v->block = string + v->head;
  return v;
}

// cvm_close runs finalizers of scripts, which cannot call Go any more.
void cvm_close(cvm *v) {
  v->anchor = NULL;
  lua_close(v->L);
  free(v->freed);
  free(v);
}
