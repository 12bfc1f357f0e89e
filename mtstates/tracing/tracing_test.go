package tracing_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/tracing"
)

// TestSpans calls a state from Go, which calls others in Lua and through a Go function, and compares the spans.
func TestSpans(t *testing.T) {
	for _, b := range backends.All() {
		for _, global := range []bool{false, true} {
			t.Run(fmt.Sprint(b.Name(), " global ", global), func(t *testing.T) {
				recorder := tracetest.NewSpanRecorder()
				provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder))
				option := tracing.WithTracerProvider(provider)
				if global {
					before := otel.GetTracerProvider()
					otel.SetTracerProvider(provider)
					defer otel.SetTracerProvider(before)
					option = tracing.WithTracerProvider(nil)
				}
				tracer := provider.Tracer("test")
				var unnamed *mtstates.State
				r := hosttest.Registry(t, b, option, mtstates.WithGo("work", map[string]any{
					"query": func(ctx context.Context) error {
						ctx, span := tracer.Start(ctx, "query")
						defer span.End()
						_, err := unnamed.Call(ctx)
						return err
					},
				}))
				var err error
				if unnamed, _, err = r.NewState(t.Context(), "return function() end"); err != nil {
					t.Fatal(err)
				}
				inner, _, err := r.NewState(t.Context(), "return function() error('no', 0) end", mtstates.Named("inner"))
				if err != nil {
					t.Fatal(err)
				}
				outer, _, err := r.NewState(t.Context(), `
					local work, inner = require "work", require("mtstates").state("inner")
					return function()
						work.query()
						inner:call()
					end`, mtstates.Named("outer"))
				if err != nil {
					t.Fatal(err)
				}
				ctx, root := tracer.Start(t.Context(), "request")
				if _, err := outer.Call(ctx); !errors.Is(err, mtstates.ErrInvokingState) {
					t.Error(err)
				}
				root.End()
				want := []string{
					"lua call in query <nil>",
					"query in lua call outer <nil>",
					fmt.Sprintf("lua call inner in lua call outer %v: no, mtstates.error.invoking_state", label(inner)),
					fmt.Sprintf("lua call outer in request %v: mtstates.error.invoking_state: %v: no, mtstates.error.invoking_state", label(outer), label(inner)),
					"request in nothing <nil>",
				}
				if got := texts(recorder.Ended()); !slices.Equal(got, want) {
					t.Errorf("the spans are %q, want %q", got, want)
				}
				runtime.KeepAlive(inner)
			})
		}
	}
}

func label(st *mtstates.State) string {
	name, _ := st.Name()
	return fmt.Sprintf("mtstates.state(name=%q,id=%d)", name, st.ID())
}

// texts returns a line for each span: its name, the name of its parent, and its error with the type.
func texts(spans []sdk.ReadOnlySpan) (list []string) {
	names := map[trace.SpanID]string{{}: "nothing"}
	for _, s := range spans {
		names[s.SpanContext().SpanID()] = s.Name()
	}
	for _, s := range spans {
		failure := "<nil>"
		if s.Status().Code == codes.Error {
			failure = s.Status().Description
			for _, a := range s.Attributes() {
				if a.Key == "error.type" {
					failure += ", " + a.Value.AsString()
				}
			}
		}
		list = append(list, fmt.Sprintf("%s in %s %s", s.Name(), names[s.Parent().SpanID()], failure))
	}
	return list
}
