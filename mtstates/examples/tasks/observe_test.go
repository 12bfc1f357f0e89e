package tasks_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/metrics"
)

// Logs and metrics of calls, and a list of the states.
func Example_observe() {
	ctx := context.Background()
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: onlyWhatIsConstant}))
	states, err := mtstates.NewRegistry(selected.Default(), mtstates.WithLogger(logger))
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	registerer := prometheus.NewRegistry()
	registerer.MustRegister(metrics.NewCollector(states))
	worker, _, err := states.NewState(ctx, "return function(x) return x + 1 end", mtstates.Named("worker"), mtstates.Kept())
	if err != nil {
		log.Fatal(err)
	}
	for _, arg := range []any{1, 2, "x"} {
		_, _ = worker.Call(ctx, arg) // the log has the error
	}
	for st := range states.All() {
		s := st.Stats()
		fmt.Println(st.Name())
		fmt.Println("calls:", s.Calls, "errors:", s.Errors, "running:", s.Running)
	}
	fmt.Println("measured:", callsMeasured(registerer))
	// Output:
	// level=WARN msg="call of a Lua state" state=worker
	// worker true
	// calls: 3 errors: 1 running: false
	// measured: 3
}
