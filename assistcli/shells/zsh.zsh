#compdef assist
# assist: completion for zsh.
_assist() {
    local -a found
    found=("${(@f)$("${words[1]}" completion zsh --current="${words[CURRENT]}" -- "${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then
        _describe 'assist' found
    else
        _files
    fi
}
if [[ "${funcstack[1]}" = "_assist" ]]; then
    _assist "$@"
else
    compdef _assist assist
fi
