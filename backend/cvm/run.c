//go:build mtstates_lua54 || mtstates_luajit

#include "glue.h"

#include <string.h>

#include "_cgo_export.h"

// Functions.

// outofmemory raises the error for it, as the VM does.
static void outofmemory(lua_State *L) { lua_newuserdata(L, (size_t)-1 / 4); }

// trampoline calls the Go function in the slot that its upvalue names.
static int trampoline(lua_State *L) {
  cvm *v = cvm_of(L);
  int slot = cvm_slot(L, lua_upvalueindex(1));
  if (v->anchor == NULL || slot < 0) return luaL_error(L, "the state is closed");
  int enforced = v->enforced;
  v->enforced = 0;
  int results = goCall(v->anchor, L, slot);
  v->enforced = enforced;
  if (results > lua_gettop(L))
    return luaL_error(L, "a Go function returned %d results with %d values on its stack", results, lua_gettop(L));
  if (results >= 0) {
    if (cvm_fits(L, 0)) return results;
    outofmemory(L);
  }
  v->raised = -results;
  return lua_error(L);
}

// cvm_pushfunction pops n values, which the function holds besides its slot.
void cvm_pushfunction(lua_State *L, int slot, int n) {
  cvm_pushbox(L, slot);
  lua_insert(L, -n - 1);
  lua_pushcclosure(L, trampoline, n + 1);
}

// textual calls the function of the VM that is its upvalue, after errors among the arguments have become their texts.
static int textual(lua_State *L) {
  for (int i = lua_gettop(L); i > 0; i--)
    if (lua_type(L, i) == LUA_TUSERDATA) {
      cvm *v = cvm_of(L);
      int how = v->anchor == NULL ? 0 : goText(v->anchor, L, i);
      if (how) {
        v->raised = how;
        return lua_error(L);
      }
    }
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void cvm_pushtextual(lua_State *L) { lua_pushcclosure(L, textual, 1); }

// Hooks. Those of scripts and the interrupts of Go share the hook of a thread. It is set before the thread runs, because
// only one thread of LuaJIT has a hook of its own: the one that runs.

static char hookkey; // its address is the key of the scripts by their threads, and of the hooks by their scripts
static char stopkey; // its address is the key of the message of an interrupt

// script is a hook that a script has set.
typedef struct script {
  int mask, count, left; // left is the number of instructions until the count event
} script;

// scriptof pushes the script of a thread, or nothing and returns NULL.
static script *scriptof(lua_State *L, lua_State *thread) {
  if (!cvm_of(L)->scripts || !lua_checkstack(L, LUA_MINSTACK) || !lua_checkstack(thread, 1)) return NULL;
  cvm_rawgetkey(L, &hookkey);
  lua_pushthread(thread);
  if (thread != L) lua_xmove(thread, L, 1);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  script *s = lua_touserdata(L, -1);
  if (s == NULL) lua_pop(L, 1);
  return s;
}

static void hook(lua_State *L, lua_Debug *ar);

enum {
  INTERVAL = 1000, // instructions between two looks at the limit of instructions
  RESUMING = 100,  // instructions that resuming a coroutine stands for, which forgets what it ran since the last look
  MAXFAILED = 20,  // errors of memory that a call may catch before it must free some
};

// every returns after how many instructions the hook must look at limits and interrupts, 0 for never.
static int every(cvm *v) {
  if (v->final) return 1;
  long long left = v->max - v->ran;
  if (v->max == 0 || (v->every && v->every < left)) return v->every;
  return left < 1 ? 1 : left < INTERVAL ? (int)left : INTERVAL;
}

// cvm_arm sets the hook of L to what its script and interrupts need.
void cvm_arm(lua_State *L) {
  cvm *v = cvm_of(L);
  script *s = scriptof(L, L);
  int mask = s == NULL ? 0 : s->mask, count = s == NULL ? 0 : s->left;
  if (s != NULL) lua_pop(L, 1);
  int looks = every(v);
  if (looks && (count == 0 || looks < count)) count = looks;
  if (count) mask |= LUA_MASKCOUNT;
  if (mask == lua_gethookmask(L) && count == lua_gethookcount(L)) return;
#if LUA_VERSION_NUM < 502
  if ((mask == 0) != (lua_gethookmask(L) == 0)) { // compiled code sees no hooks
    luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_FLUSH);
    luaJIT_setmode(L, 0, LUAJIT_MODE_ENGINE | (mask ? LUAJIT_MODE_OFF : LUAJIT_MODE_ON));
  }
#endif
  lua_sethook(L, mask ? hook : NULL, mask, count);
}

// hidden reports whether a function is one that fills tables on their use, which scripts do not see.
static int hidden(lua_State *L, lua_Debug *ar) {
  int is = 0;
  lua_getinfo(L, "f", ar);
  if (lua_tocfunction(L, -1) == trampoline) {
    cvm_pushlazy(L);
    for (lua_pushnil(L); !is && lua_next(L, -2);) {
      is = lua_rawequal(L, -1, -4);
      lua_pop(L, is ? 2 : 1);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return is;
}

// stop raises the message of an interrupt, or of a limit, that is on the top. how says how the error ends.
static void stop(lua_State *L, int how) {
#if LUA_VERSION_NUM >= 502
  // A message handler would run in the hook, where no hook can stop it. There is none for errors of memory.
  lua_pushlightuserdata(L, &stopkey);
  lua_insert(L, -2);
  lua_rawset(L, LUA_REGISTRYINDEX);
  cvm_of(L)->stopped = how;
  outofmemory(L);
#endif
  cvm_of(L)->raised = 0;
  lua_error(L);
}

// caught replaces the error value on the top by the interrupt that was raised as an error of memory. Who catches errors
// of memory many times, and frees nothing, gets no further.
static int caught(lua_State *L, int status) {
  cvm *v = cvm_of(L);
  if (status != LUA_ERRMEM) return status;
  if (v->stopped) {
    v->raised = v->stopped & CAUSE;
    v->stopped = 0;
    lua_pop(L, 1);
    cvm_rawgetkey(L, &stopkey);
    return LUA_ERRRUN;
  }
  if (v->limit && ++v->failed > MAXFAILED) {
    lua_gc(L, LUA_GCCOLLECT, 0);
    v->failed = 0;
    if (v->used > v->limit / 2) v->final = MEMORY;
    cvm_arm(L);
  }
  return status;
}

static void callscript(lua_State *L, lua_Debug *ar, script *s) { // which is on the top
  static const char *const events[] = {"call", "return", "line", "count", LUA_VERSION_NUM < 502 ? "tail return" : "tail call"};
  if (ar->event == LUA_HOOKCOUNT) {
    if (s->count) s->left -= lua_gethookcount(L);
    if (s->count == 0 || s->left > 0)
      ar->event = -1;
    else
      s->left = s->count;
  } else if (ar->event != LUA_HOOKLINE && ar->event != LUA_HOOKTAILRETURN && hidden(L, ar)) {
    ar->event = -1;
  }
  if (ar->event < 0) {
    lua_pop(L, 1);
    return;
  }
  cvm_rawgetkey(L, &hookkey);
  lua_insert(L, -2);
  lua_rawget(L, -2);
  lua_remove(L, -2);
  lua_pushstring(L, events[ar->event]);
  if (ar->event == LUA_HOOKLINE)
    lua_pushinteger(L, ar->currentline);
  else
    lua_pushnil(L);
  lua_call(L, 2, 0);
}

static void hook(lua_State *L, lua_Debug *ar) {
  cvm *v = cvm_of(L);
  int ran = ar->event == LUA_HOOKCOUNT ? lua_gethookcount(L) : 1;
  script *s = scriptof(L, L);
  if (s != NULL) callscript(L, ar, s);
  // A count event that is due while the script's function runs is lost, so all events count.
  if (every(v) && v->anchor != NULL && lua_checkstack(L, LUA_MINSTACK)) {
    v->ran += ran;
    if (v->max && v->ran >= v->max) v->final = CAUSE;
    int how = v->final == MEMORY ? MEMORY : goHook(v->anchor, L, v->final, ran);
    cvm_arm(L);
    if (how == MEMORY) outofmemory(L);
    if (how) stop(L, how);
  }
  cvm_arm(L);
}

// threadargument returns the thread that may be the first argument, else L, and the number of such arguments.
static lua_State *threadargument(lua_State *L, int *n) {
  *n = lua_isthread(L, 1);
  return *n ? lua_tothread(L, 1) : L;
}

// sethook is debug.sethook([thread,] [function, mask [, count]]).
static int sethook(lua_State *L) {
  int n, mask = 0, count = 0;
  lua_State *thread = threadargument(L, &n);
  if (!lua_isnoneornil(L, n + 1)) {
    const char *letters = luaL_checkstring(L, n + 2);
    luaL_checktype(L, n + 1, LUA_TFUNCTION);
    lua_Integer limit = luaL_optinteger(L, n + 3, 0);
    if (strchr(letters, 'c')) mask |= LUA_MASKCALL;
    if (strchr(letters, 'r')) mask |= LUA_MASKRET;
    if (strchr(letters, 'l')) mask |= LUA_MASKLINE;
    count = limit < 0 ? 0 : limit > 1 << 30 ? 1 << 30 : (int)limit;
  }
  lua_settop(L, n + 1);
  cvm_rawgetkey(L, &hookkey);
  lua_pushthread(thread);
  if (thread != L) lua_xmove(thread, L, 1);
  if (mask || count) {
    script *s = lua_newuserdata(L, sizeof *s);
    *s = (script){mask, count, count};
    lua_pushvalue(L, -1);
    lua_pushvalue(L, n + 1);
    lua_rawset(L, -5);
    cvm_of(L)->scripts = 1;
  } else {
    lua_pushnil(L);
  }
  lua_rawset(L, -3);
  if (thread == L || LUA_VERSION_NUM >= 502) cvm_arm(thread);
  return 0;
}

// gethook is debug.gethook([thread]).
static int gethook(lua_State *L) {
  int n;
  char letters[4], *p = letters;
  script *s = scriptof(L, threadargument(L, &n));
  if (s == NULL) {
    lua_pushnil(L);
    if (LUA_VERSION_NUM >= 504) return 1;
  } else {
    if (s->mask & LUA_MASKCALL) *p++ = 'c';
    if (s->mask & LUA_MASKRET) *p++ = 'r';
    if (s->mask & LUA_MASKLINE) *p++ = 'l';
    cvm_rawgetkey(L, &hookkey);
    lua_insert(L, -2);
    lua_rawget(L, -2);
  }
  *p = 0;
  lua_pushstring(L, letters);
  lua_pushinteger(L, s == NULL ? 0 : s->count);
  return 3;
}

// Calls from Go.

// noteerror is the message handler of all calls from Go. What a Go function has raised again was noted before.
static int noteerror(lua_State *L) {
  cvm *v = cvm_of(L);
  lua_Debug ar;
  int how = 0;
  if (lua_getstack(L, 1, &ar) && lua_getinfo(L, "f", &ar)) {
    if (lua_tocfunction(L, -1) == trampoline) how = v->raised;
    lua_pop(L, 1);
  }
  v->raised = how;
  if (!(how & NOTED)) goNote(v->anchor, L);
  return 1;
}

// maxdepth is how deep calls from Go and coroutines may be in each other: all of them need the thread's stack.
enum { maxdepth = 195 };

// clearstack clears what is above the top: the next function would keep it alive in registers that it has not set yet.
static void clearstack(lua_State *L) {
  enum { registers = 1000 };
  int top = lua_gettop(L);
  if (lua_checkstack(L, registers)) lua_settop(L, top + registers);
  lua_settop(L, top);
}

// cvm_pcall calls the function below the arguments. raised says how an error ends, see the enumeration.
int cvm_pcall(lua_State *L, void *anchor, int args, int results, int *raised) {
  cvm *v = cvm_of(L);
  void *before = v->anchor;
  int enforced = v->enforced, depth = v->depth, handler = lua_gettop(L) - args;
  *raised = 0;
  if (!lua_checkstack(L, LUA_MINSTACK)) return LUA_ERRMEM;
  if (depth >= maxdepth) {
    lua_settop(L, handler - 1);
    lua_pushliteral(L, "C stack overflow");
    return LUA_ERRRUN;
  }
  v->anchor = anchor;
  v->enforced = 1;
  v->raised = 0;
  v->depth++;
  if (before == NULL) {
    v->ran = v->failed = v->final = 0;
    v->extra = v->starved ? v->limit / 8 : 0;
    if (v->limit && v->used > v->limit / 2) clearstack(L);
  }
  if (every(v) || v->scripts || lua_gethookmask(L)) cvm_arm(L);
  lua_pushcfunction(L, noteerror);
  lua_insert(L, handler);
  int status = caught(L, lua_pcall(L, args, results, handler));
  lua_remove(L, handler);
  if (status == LUA_ERRMEM && before == NULL) lua_gc(L, LUA_GCCOLLECT, 0);
  v->depth = depth;
  v->enforced = enforced;
  v->anchor = before;
  *raised = v->raised | (status == LUA_ERRMEM ? MEMORY : status == LUA_OK ? 0 : v->final);
  if (before == NULL) v->starved = status != LUA_OK && (*raised & MEMORY);
  lua_checkstack(L, LUA_MINSTACK);
  return status;
}

static int lessthan(lua_State *L) {
#if LUA_VERSION_NUM >= 502
  lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
#else
  lua_pushboolean(L, lua_lessthan(L, 1, 2));
#endif
  return 1;
}

// cvm_lessthan pushes the answer, or the error value and returns its status.
int cvm_lessthan(lua_State *L, void *anchor, int a, int b) {
  int raised;
  lua_pushcfunction(L, lessthan);
  lua_pushvalue(L, a < 0 ? a - 1 : a);
  lua_pushvalue(L, b < 0 ? b - 2 : b);
  return cvm_pcall(L, anchor, 2, 1, &raised);
}

static int nextfield(lua_State *L) {
  lua_settop(L, 2);
  return lua_next(L, 1) ? 2 : 0;
}

// cvm_next replaces the key on the top by the next field and returns 1, or by nothing and returns 0. -2 stands for an
// error, whose value is on the top.
int cvm_next(lua_State *L, void *anchor, int index, int raw) {
  int raised;
  if (!raw && cvm_islazy(L, index)) return LAZY;
  int top = lua_gettop(L);
  lua_pushvalue(L, index);
  lua_insert(L, top);
  lua_pushcfunction(L, nextfield);
  lua_insert(L, top);
  if (cvm_pcall(L, anchor, 2, LUA_MULTRET, &raised) != LUA_OK) return -2;
  return lua_gettop(L) > top;
}

// cvm_fits reports whether so many bytes more are within the limit of memory.
int cvm_fits(lua_State *L, size_t n) {
  cvm *v = cvm_of(L);
  size_t limit = v->limit + v->extra;
  if (v->limit && v->used + n > limit) lua_gc(L, LUA_GCCOLLECT, 0);
  return v->limit == 0 || v->used + n <= limit;
}

// cvm_collect frees what only dead values refer to; what finalizers had in hand goes in the second round.
void cvm_collect(lua_State *L, void *anchor) {
  cvm *v = cvm_of(L);
  void *before = v->anchor;
  v->anchor = anchor;
  lua_gc(L, LUA_GCCOLLECT, 0);
  lua_gc(L, LUA_GCCOLLECT, 0);
  v->anchor = before;
}

// Coroutines.

// resumed runs a coroutine with the n values on the top of L. It leaves the results on L and returns their number, or an
// error value and returns -1.
static int resumed(lua_State *L, lua_State *co, int n, int *error) {
  cvm *v = cvm_of(L);
  lua_Debug ar;
  int status = lua_status(co), results = 0, depth = v->depth;
  const char *refused = NULL;
  if (status == LUA_OK && lua_getstack(co, 0, &ar))
    refused = "cannot resume non-suspended coroutine";
  else if (status != LUA_YIELD && (status != LUA_OK || lua_gettop(co) == 0))
    refused = "cannot resume dead coroutine";
  else if (depth >= maxdepth)
    refused = "C stack overflow";
  else if (!lua_checkstack(co, n + LUA_MINSTACK))
    refused = "too many arguments to resume";
  if (refused != NULL) {
    lua_pushstring(L, refused);
    return -1;
  }
  lua_xmove(L, co, n);
  v->depth++;
  v->ran += RESUMING;
  cvm_arm(co);
#if LUA_VERSION_NUM >= 504
  status = lua_resume(co, L, n, &results);
#else
  status = lua_resume(co, n);
  results = lua_gettop(co);
#endif
  v->depth = depth;
  cvm_arm(L);
  if (status != LUA_OK) *error = status = caught(co, status);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + LUA_MINSTACK)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}

// resume is coroutine.resume(co, ...).
static int resume(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argcheck(L, co != NULL, 1, LUA_VERSION_NUM < 502 ? "coroutine expected" : "thread expected");
  int error, n = resumed(L, co, lua_gettop(L) - 1, &error);
  lua_pushboolean(L, n >= 0);
  lua_insert(L, n < 0 ? -2 : -n - 1);
  return (n < 0 ? 1 : n) + 1;
}

// wrapped runs the coroutine that is its upvalue.
static int wrapped(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int stopped = LUA_OK, n = resumed(L, co, lua_gettop(L), &stopped);
  if (n >= 0) return n;
#if LUA_VERSION_NUM >= 504
  if (lua_status(co) == LUA_ERRMEM) { // which has no value of its own
    lua_resetthread(co);
    if (stopped == LUA_ERRMEM) outofmemory(L);
  } else if (lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD) { // its variables are closed, which may fail, too
    lua_xmove(L, co, 1);
    lua_resetthread(co);
    lua_xmove(co, L, 1);
  }
#endif
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

// wrap is coroutine.wrap(f).
static int wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

#if LUA_VERSION_NUM >= 502
// ended is the end of pcall and xpcall, whose results are above so many values.
static int ended(lua_State *L, int status, lua_KContext below) {
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)below;
  caught(L, status);
  lua_pushboolean(L, 0);
  lua_insert(L, -2);
  return 2;
}

// pcall is pcall(f, ...).
static int pcall(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  return ended(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, ended), 0);
}

// xpcall is xpcall(f, handler, ...).
static int xpcall(lua_State *L) {
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);
  return ended(L, lua_pcallk(L, lua_gettop(L) - 4, LUA_MULTRET, 2, 2, ended), 2);
}
#endif

const luaL_Reg cvm_functions[] = {
#if LUA_VERSION_NUM >= 502
    {"pcall", pcall}, {"xpcall", xpcall},
#endif
    {"coroutine.resume", resume}, {"coroutine.wrap", wrap}, {"debug.sethook", sethook}, {"debug.gethook", gethook},
    {NULL, NULL},
};

// cvm_openhooks makes the table of hooks. Its keys are weak: a script belongs to its thread, and a hook to its script.
void cvm_openhooks(lua_State *L) {
  lua_pushlightuserdata(L, &hookkey);
  lua_newtable(L);
  lua_newtable(L);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawset(L, LUA_REGISTRYINDEX);
}
