SELECT position, state FROM trigger_positions WHERE trigger = ?1
