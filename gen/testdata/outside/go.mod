module example.com/outside

go 1.26.0

replace github.com/mtstates/go-mtstates => ../../..

tool github.com/mtstates/go-mtstates/gen/cmd/mtgen

require (
	github.com/mtstates/go-mtstates v0.0.0-00010101000000-000000000000
	github.com/yuin/gopher-lua v1.1.2
)

require (
	github.com/Shopify/go-lua v0.0.0-20250718183320-1e37f32ad7d0 // indirect
	github.com/anishathalye/porcupine v1.3.1 // indirect
	github.com/dave/jennifer v1.7.1 // indirect
	github.com/spf13/pflag v1.1.0 // indirect
	go.uber.org/goleak v1.3.0 // indirect
	go.yaml.in/yaml/v4 v4.0.0 // indirect
	golang.org/x/mod v0.41.0 // indirect
)
