DELETE FROM trigger_positions WHERE trigger = $1
