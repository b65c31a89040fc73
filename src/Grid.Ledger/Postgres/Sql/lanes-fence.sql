UPDATE lanes SET edition = $1 WHERE edition < $1
