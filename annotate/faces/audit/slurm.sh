#!/usr/bin/env bash
# An audit on Slurm: sbatch slurm.sh INPUT FOLDER. The first job plans and hands out the others.
#SBATCH --job-name=annotate-audit
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=24:00:00
set -euo pipefail
input=$1 folder=$2 tasks=${TASKS:-200}
export MALLOC_TRIM_THRESHOLD_=1073741824 MALLOC_MMAP_THRESHOLD_=1073741824

annotate audit plan "$input" -o "$folder"
# Each task takes every $tasks-th shard. What a task that was cut off had not done, the same sbatch does later.
array=$(sbatch --parsable --array="0-$((tasks - 1))" --cpus-per-task=1 --mem=2G --time=24:00:00 \
  --wrap="annotate audit run-shard '$folder' --index \$SLURM_ARRAY_TASK_ID --of $tasks")
sbatch --dependency="afterok:$array" --cpus-per-task=1 --mem=4G --time=4:00:00 \
  --wrap="annotate audit finish '$folder' && annotate audit report '$folder'"
