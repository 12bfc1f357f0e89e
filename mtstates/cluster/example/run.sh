#!/bin/sh
# A game lobby over three processes: a node with the server and the lobby, a node with the tables, and the players.
# The build tags choose the VM: GOFLAGS=-tags=mtstates_golua sh run.sh
set -eu
cd "$(dirname "$0")"
bin=$(mktemp -d)
lobby= tables=
finish() {
	for node in $tables $lobby; do
		kill "$node" 2>/dev/null && wait "$node" || :
	done
	rm -rf "$bin"
}
trap finish EXIT
go build -o "$bin" ../../../tools/mtnode ../../../tools/mtlua

# ready waits until a node takes calls, and prints the address of its server.
ready() {
	tries=0
	until grep -q '^ready' "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || { echo "the node does not start" >&2; exit 1; }
		sleep 0.1
	done
	sed -n 's/^ready //p' "$1"
}

"$bin/mtnode" --embed 127.0.0.1:0 lobby.lua >"$bin/lobby.log" &
lobby=$!
url=$(ready "$bin/lobby.log")
"$bin/mtnode" --cluster "$url" --activate 'table/*=table.lua' >"$bin/tables.log" &
tables=$!
ready "$bin/tables.log" >/dev/null
"$bin/mtlua" --cluster "$url" players.lua
