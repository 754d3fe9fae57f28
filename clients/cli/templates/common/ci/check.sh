#!/bin/sh
# Composition, breaking changes, house rules: what `subgraph publish` would say, without publishing.
set -eu
curl -fsS "$TAVOLO_CLI" -o tavolo.js
node tavolo.js subgraph check
