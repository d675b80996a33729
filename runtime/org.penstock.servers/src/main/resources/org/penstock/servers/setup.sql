-- What every embedded server holds beside its system tables. It is run without a binary log, so primary and replicas start equal.
-- One statement ends at one line end; root comes in through the private unix socket only.
delete from mysql.global_priv where User = 'root' and Host <> 'localhost';
delete from mysql.global_priv where User = '';
delete from mysql.proxies_priv where Host <> 'localhost';
flush privileges;
create user 'maxuser'@'%' identified via mysql_native_password using password('maxpwd');
create user 'maxuser'@'127.0.0.1' identified via mysql_native_password using password('maxpwd');
grant show databases, reload, process, binlog monitor, binlog admin, replication slave, replication slave admin, replication master admin, slave monitor, read_only admin, connection admin on *.* to 'maxuser'@'%', 'maxuser'@'127.0.0.1';
grant select on mysql.* to 'maxuser'@'%', 'maxuser'@'127.0.0.1';
grant all on maxscale_schema.* to 'maxuser'@'%', 'maxuser'@'127.0.0.1';
create user 'repl'@'%' identified via mysql_native_password using password('repl');
grant replication slave on *.* to 'repl'@'%';
create user 'app'@'%' identified via mysql_native_password using password('app');
grant all on demo.* to 'app'@'%';
create database demo character set utf8mb4;
create table demo.customers (id int unsigned not null auto_increment primary key, name varchar(60) not null, city varchar(40) not null) engine = innodb;
create table demo.items (id int unsigned not null auto_increment primary key, name varchar(60) not null, price decimal(10,2) not null) engine = innodb;
create table demo.orders (id int unsigned not null auto_increment primary key, customer_id int unsigned not null, item_id int unsigned not null, quantity int unsigned not null, placed datetime not null, key (customer_id)) engine = innodb;
insert into demo.customers (name, city) select concat('customer ', seq), elt(1 + seq % 5, 'Bergen', 'Graz', 'Lyon', 'Porto', 'Turku') from seq_1_to_100;
insert into demo.items (name, price) select concat('item ', seq), seq * 1.25 from seq_1_to_1000;
insert into demo.orders (customer_id, item_id, quantity, placed) select 1 + seq % 100, 1 + seq * 7 % 1000, 1 + seq % 9, date_add('2026-01-01', interval seq hour) from seq_1_to_1000;
