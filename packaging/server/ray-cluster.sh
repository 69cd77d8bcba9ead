#!/bin/sh
# vLLM over several machines by Ray: a model that is larger than one machine's cards.
#
#   on the first machine:   HEAD=10.0.0.1 ./ray-cluster.sh head
#   on each other one:      HEAD=10.0.0.1 ./ray-cluster.sh worker
#   then, on the first:     VLLM_API_KEY=… NODES=2 GPUS=8 ./ray-cluster.sh serve
#
# GPUS is the cards of one machine: each layer is split over them (tensor parallel), for they are joined by
# NVLink. NODES is the machines: the layers are dealt out to them (pipeline parallel), for the network between
# them is slower. Every machine has the same image and reads the model from its own MODELS folder.
#
# Ray itself has no password: keep its ports (6379, 8265, 10001 and those above 10000) inside a private network.
set -eu

: "${HEAD:=127.0.0.1}" "${NODES:=1}" "${GPUS:=1}" "${MODELS:=$HOME/.cache/huggingface}"
: "${IMAGE:=vllm/vllm-openai:latest}" "${MODEL:=meta-llama/Llama-3.3-70B-Instruct}" "${SERVED_NAME:=writer}"

start() {
    docker run --detach --name vllm-node --restart unless-stopped --network host --ipc host --gpus all \
        --volume "$MODELS:/root/.cache/huggingface" --env HF_TOKEN --env VLLM_NO_USAGE_STATS=1 \
        --entrypoint /bin/bash "$IMAGE" -c "$1"
}

case "${1:-}" in
head)
    start "ray start --block --head --node-ip-address=$HEAD --port=6379 --disable-usage-stats"
    ;;
worker)
    start "ray start --block --address=$HEAD:6379 --disable-usage-stats"
    ;;
serve)
    : "${VLLM_API_KEY:?set VLLM_API_KEY to a long random text}"
    docker exec vllm-node ray status
    exec docker exec --env VLLM_API_KEY="$VLLM_API_KEY" vllm-node \
        vllm serve "$MODEL" --served-model-name "$SERVED_NAME" --host 127.0.0.1 --port 8000 \
        --distributed-executor-backend ray --tensor-parallel-size "$GPUS" --pipeline-parallel-size "$NODES" \
        --enable-prefix-caching --max-model-len 8192
    ;;
stop)
    docker rm --force vllm-node
    ;;
*)
    sed -n '2,13s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
