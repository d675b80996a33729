-- A client that reads the whole table, again and again.
function thread_init()
   drv = sysbench.sql.driver()
   con = drv:connect()
end

function event()
   con:query("SELECT c FROM sbtest1")
end

function thread_done()
   con:disconnect()
end
