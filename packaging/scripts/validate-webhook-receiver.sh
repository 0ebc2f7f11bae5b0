#!/bin/bash
# Is the way from GitHub to Tekton open? Asks the cluster, changes nothing, never prints a secret.
#   ./validate-webhook-receiver.sh [kubectl options such as --context NAME]
# Exit code: 0 everything is right, 1 something is not; each ERROR says how to mend it.
set -u

readonly receiver=github-webhook-receiver
readonly receiver_namespace=tekton-pipelines
readonly ingress=cerebral-github-listener
readonly ingress_namespace=cerebral-development
readonly secret=github-webhook-secret
readonly secret_key=secretToken
readonly port=3000
readonly replicas=2
errors=0

case "${1:-}" in
  -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
readonly options=("$@")

ok() { printf 'ok     %s\n' "$1"; }
wrong() {
  printf 'ERROR  %s\n       mend: %s\n' "$1" "$2"
  errors=$((errors + 1))
}
# get NAMESPACE KIND NAME JSONPATH: the value, or nothing when there is no such object or field.
get() { kubectl ${options[@]+"${options[@]}"} get "$2" "$3" -n "$1" -o "jsonpath=$4" 2>/dev/null; }

check_cluster() {
  command -v kubectl >/dev/null || { wrong "kubectl is not installed" "install kubectl 1.28 or newer"; return 1; }
  local answer
  if ! answer=$(kubectl ${options[@]+"${options[@]}"} version -o json --request-timeout=10s 2>&1) ||
    [[ $answer != *serverVersion* ]]; then
    wrong "the cluster does not answer" "kubectl cluster-info"
    return 1
  fi
}

check_ingress() {
  local backend
  backend=$(get $ingress_namespace ingress $ingress \
    '{range .spec.rules[*].http.paths[*]}{.backend.service.name}:{.backend.service.port.number} {end}')
  local mend="kubectl apply -f k8s/ci-cd/webhook-receiver-ingress.yaml"
  if [[ -z $backend ]]; then
    wrong "Ingress $ingress_namespace/$ingress does not exist" "$mend"
  elif [[ " $backend" != *" $receiver:$port "* ]]; then
    wrong "Ingress $ingress routes to ${backend% }, not to $receiver:$port" "$mend"
  else
    ok "Ingress $ingress routes to $receiver:$port"
  fi
  local size
  size=$(get $ingress_namespace ingress $ingress '{.metadata.annotations.nginx\.ingress\.kubernetes\.io/proxy-body-size}')
  if [[ -n $backend && ! $size =~ ^(2[6-9]|[3-9][0-9]|[1-9][0-9]{2,})m$ && $size != 0 ]]; then
    wrong "Ingress $ingress lets bodies of ${size:-1m (the default)} pass; GitHub sends up to 25 MB" "$mend"
  fi
  local target
  target=$(get $ingress_namespace service $receiver '{.spec.externalName}:{.spec.ports[0].port}')
  if [[ $target != "$receiver.$receiver_namespace.svc.cluster.local:$port" ]]; then
    wrong "Service $ingress_namespace/$receiver does not lead to $receiver_namespace (an Ingress cannot cross namespaces)" "$mend"
  else
    ok "Service $ingress_namespace/$receiver leads to $receiver_namespace"
  fi
}

check_service() {
  local ports
  ports=$(get $receiver_namespace service $receiver '{range .spec.ports[*]}{.port} {end}')
  if [[ " $ports" != *" $port "* ]]; then
    wrong "Service $receiver_namespace/$receiver has port ${ports:-none}, not $port" \
      "kubectl apply -f k8s/ci-cd/webhook-receiver.yaml"
  else
    ok "Service $receiver_namespace/$receiver has port $port"
  fi
}

check_deployment() {
  local state wanted ready
  state=$(get $receiver_namespace deployment $receiver '{.spec.replicas}:{.status.readyReplicas}')
  wanted=${state%%:*} ready=${state##*:}
  if [[ -z $state || -z $wanted ]]; then
    wrong "Deployment $receiver_namespace/$receiver does not exist" "kubectl apply -f k8s/ci-cd/webhook-receiver.yaml"
  elif ((wanted < replicas)); then
    wrong "Deployment $receiver wants $wanted replicas, not $replicas" "kubectl apply -f k8s/ci-cd/webhook-receiver.yaml"
  elif ((${ready:-0} < wanted)); then
    wrong "Deployment $receiver has ${ready:-0} of $wanted pods ready" \
      "kubectl describe pods -n $receiver_namespace -l app.kubernetes.io/name=$receiver"
  else
    ok "Deployment $receiver has $ready of $wanted pods ready"
  fi
}

check_secret() {
  # The template prints a length class, so the value never enters this script.
  local filled
  filled=$(kubectl ${options[@]+"${options[@]}"} get secret $secret -n $receiver_namespace \
    -o "go-template={{if index .data \"$secret_key\"}}filled{{end}}" 2>/dev/null)
  if [[ $filled != filled ]]; then
    wrong "Secret $receiver_namespace/$secret has no $secret_key" \
      "kubectl create secret generic $secret -n $receiver_namespace --from-file=$secret_key=FILE"
  else
    ok "Secret $secret holds $secret_key"
  fi
}

check_tekton() {
  local missing=() name
  [[ -n $(get $receiver_namespace pipelines.tekton.dev cerebral-microservice-pipeline '{.metadata.name}') ]] ||
    missing+=("Pipeline cerebral-microservice-pipeline")
  for name in git-clone-task kaniko-build-task deploy-task; do
    [[ -n $(get $receiver_namespace tasks.tekton.dev $name '{.metadata.name}') ]] || missing+=("Task $name")
  done
  if ((${#missing[@]} > 0)); then
    wrong "missing in $receiver_namespace: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')" "kubectl apply -k tekton"
  else
    ok "Pipeline cerebral-microservice-pipeline and its three tasks exist"
  fi
}

if check_cluster; then
  check_ingress
  check_service
  check_deployment
  check_secret
  check_tekton
fi
if ((errors > 0)); then
  printf '%d thing(s) to mend.\n' "$errors"
  exit 1
fi
echo "Everything is right."
