SELECT lane, page, head FROM lanes ORDER BY lane FOR UPDATE
