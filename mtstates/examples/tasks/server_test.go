package tasks_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// A web server with 1000 states, which 50 clients call.
func Example_server() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	for i := range 1000 {
		if _, _, err := states.NewState(ctx, "local n = 0 return function(x) n = n + x return n end",
			mtstates.Named(fmt.Sprint(i)), mtstates.Kept()); err != nil {
			log.Fatal(err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st, err := states.StateByName(r.URL.Path[1:])
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		out, err := st.Call(r.Context(), 1)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, out[0])
	}))
	defer server.Close()
	fmt.Println(sumOfAnswers(server.URL))
	// Output: 21900
}
