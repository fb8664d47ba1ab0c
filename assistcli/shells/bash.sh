# assist: completion for bash.
_assist() {
    local IFS=$'\n'
    local before=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
    COMPREPLY=($("${COMP_WORDS[0]}" completion bash --current="${COMP_WORDS[COMP_CWORD]}" -- "${before[@]}" 2>/dev/null))
}
complete -o bashdefault -o default -F _assist assist
