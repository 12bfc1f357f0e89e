package tasks_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"

	lua "github.com/yuin/gopher-lua"
)

type counter struct {
	mu       sync.Mutex
	l        *lua.LState
	callback lua.LValue
}

// A web server with 1000 states, which 50 clients call.
func Example_serverByHand() {
	states := map[string]*counter{}
	for i := range 1000 {
		l := lua.NewState()
		defer l.Close()
		if err := l.DoString("local n = 0 return function(x) n = n + x return n end"); err != nil {
			log.Fatal(err)
		}
		states[fmt.Sprint(i)] = &counter{l: l, callback: l.Get(-1)}
		l.SetTop(0)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st := states[r.URL.Path[1:]]
		if st == nil {
			http.Error(w, "unknown state", http.StatusNotFound)
			return
		}
		out, err := st.call(r, 1)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, out)
	}))
	defer server.Close()
	fmt.Println(sumOfAnswers(server.URL))
	// Output: 21900
}

func (c *counter) call(r *http.Request, n int) (lua.LValue, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.l.SetContext(r.Context())
	defer c.l.RemoveContext()
	defer c.l.SetTop(0)
	if err := c.l.CallByParam(lua.P{Fn: c.callback, NRet: 1, Protect: true}, lua.LNumber(n)); err != nil {
		return nil, err
	}
	return c.l.Get(-1), nil
}
