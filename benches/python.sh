#!/usr/bin/env bash
# Times `sim run` against python3 on the programs in benches/python, in turns, and prints the ratios.
#
#   benches/python.sh [SIM] [PYTHON] [ROUNDS]
#
# A ratio below 1 means that sim is faster. The best of all rounds counts for both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
sim=${1:-$here/../target/release/sim}
python=${2:-python3}
rounds=${3:-3}
export LC_ALL=C

# Seconds that a command takes, the best of all rounds.
best() {
  local least=
  for _ in $(seq "$rounds"); do
    local start end taken
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    taken=$((end - start))
    if [ -z "$least" ] || [ "$taken" -lt "$least" ]; then least=$taken; fi
  done
  echo "$least"
}

"$python" --version
printf '%-14s %10s %10s %7s\n' program python sim ratio
logs=
for program in "$here"/python/*.py; do
  name=$(basename "$program" .py)
  theirs=$(best "$python" "$program")
  ours=$(best "$sim" run "$program")
  printf '%-14s %8d ms %8d ms ' "$name" $((theirs / 1000000)) $((ours / 1000000))
  awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%7.2f\n", a / b }'
  [ "$name" = hello ] || logs="$logs $ours/$theirs"
done
echo "$logs" | awk '{ for (i = 1; i <= NF; i++) { split($i, p, "/"); s += log(p[1] / p[2]) } printf "geometric mean of the ratios, without hello: %.2f\n", exp(s / NF) }'
