SELECT coalesce(sum(length(page)), 0) FROM journal
