# Completion of verbatim for bash 3.2 and later; needs no other package. Use:
#   source <(verbatim completion bash)

_verbatim() {
  local cur="${COMP_WORDS[COMP_CWORD]}" word line
  local -a request=()

  # bash splits --flag=value into three words.
  [[ "$cur" == "=" ]] && cur=""
  for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
    [[ "$word" == "=" ]] && continue
    word="${word#[\"\']}"
    word="${word%[\"\']}"
    request+=("${word//\\/}")
  done
  request[0]="${request[0]/#\~/$HOME}"
  [[ "$cur" == -* ]] && request+=("$cur")

  COMPREPLY=()
  while IFS= read -r line; do
    line="${line%%:*}"
    [[ -n "$line" && "$line" == "$cur"* ]] && COMPREPLY+=("$line")
  done < <("${request[@]}" --generate-shell-completion 2>/dev/null)

  # A flag that is written out asks for its value, which comes after a space.
  if [[ ${#COMPREPLY[@]} -eq 0 && "$cur" == --?* ]]; then
    COMPREPLY=("$cur")
  fi
  return 0
}

complete -o bashdefault -o default -F _verbatim verbatim
