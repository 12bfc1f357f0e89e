// Package tracing shows calls of states as spans of OpenTelemetry:
//
//	states, err := mtstates.NewRegistry(selected.Default(), tracing.WithTracerProvider(nil))
//
// Each call of a state, also one from Lua, is a span. Its parent is the span in the context of the call, or the call around
// it; Go functions that the state calls find the span in their context, and so do spans of their own. Its name is "lua call"
// and the name of the state, if it has one. These are its attributes:
//
//	mtstates.state.id    the id of the state
//	mtstates.state.name  its name, if it has one
//	mtstates.backend     its VM
//	error.type           the name of the error, such as mtstates.error.invoking_state, if the call fails
//
// Any program may import this package. It is one of its own so that the core links nothing of OpenTelemetry.
package tracing

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/mtstates/go-mtstates/mtstates"
)

const tracerName = "github.com/mtstates/go-mtstates/mtstates/tracing"

// WithTracerProvider makes the calls of a registry spans of a provider. Nil stands for the one that otel.SetTracerProvider
// has set when a call begins.
func WithTracerProvider(provider trace.TracerProvider) mtstates.Option {
	if provider == nil {
		return mtstates.WithCallHook(func(ctx context.Context, st *mtstates.State) (context.Context, func(error)) {
			return begin(otel.GetTracerProvider().Tracer(tracerName, version), ctx, st)
		})
	}
	tracer := provider.Tracer(tracerName, version)
	return mtstates.WithCallHook(func(ctx context.Context, st *mtstates.State) (context.Context, func(error)) {
		return begin(tracer, ctx, st)
	})
}

var version = trace.WithInstrumentationVersion(mtstates.Version)

// begin begins the span of a call.
func begin(tracer trace.Tracer, ctx context.Context, st *mtstates.State) (context.Context, func(error)) {
	name, named := st.Name()
	title := "lua call"
	if named {
		title += " " + name
	}
	ctx, span := tracer.Start(ctx, title)
	if span.IsRecording() {
		span.SetAttributes(attribute.Int64("mtstates.state.id", st.ID()), attribute.String("mtstates.backend", st.Backend().Name()))
		if named {
			span.SetAttributes(attribute.String("mtstates.state.name", name))
		}
	}
	return ctx, func(err error) {
		if err != nil && span.IsRecording() {
			span.RecordError(err)
			span.SetStatus(codes.Error, description(err))
			span.SetAttributes(attribute.String("error.type", errorType(err)))
		}
		span.End()
	}
}

// description returns the text of an error without its tracebacks.
func description(err error) string {
	var e *mtstates.Error
	if errors.As(err, &e) {
		return e.Details()
	}
	return err.Error()
}

func errorType(err error) string {
	var e *mtstates.Error
	if errors.As(err, &e) {
		return e.Name()
	}
	return "_OTHER"
}
