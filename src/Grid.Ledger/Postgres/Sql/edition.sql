SELECT edition FROM lanes WHERE lane = $1
