# assist: completion for fish.
function __assist_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($before[1] completion fish --current="$current" -- $before[2..-1] 2>/dev/null)
    if test -n "$found[1]"
        printf '%s\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c assist -f -a '(__assist_complete)'
