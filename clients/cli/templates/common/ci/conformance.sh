#!/bin/sh
# Starts the subgraph with its invented data and tries every promise of the contract on it.
set -eu
curl -fsS "$TAVOLO_CLI" -o tavolo.js
CONFORMANCE=1 npm start &
started=$!
trap 'kill "$started"' EXIT
until curl -fsS http://127.0.0.1:__PORT__/health/ready >/dev/null 2>&1; do sleep 1; done
node tavolo.js subgraph conformance http://127.0.0.1:__PORT__/graphql __CONFORMANCE__
