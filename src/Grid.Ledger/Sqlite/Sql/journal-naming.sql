SELECT sequence FROM journal WHERE instr(page, ?1) > 0
