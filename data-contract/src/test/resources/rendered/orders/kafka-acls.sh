#!/bin/sh
# Access to Kafka for orders in prod. Arguments: options of kafka-acls.sh, such as --bootstrap-server and --command-config.
set -eu
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Write --operation Read --operation Describe --topic 'orders.all'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Write --operation Read --operation Describe --topic 'orders.large'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Write --operation Describe --topic 'orders.events'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Write --operation Describe --topic 'orders.rejects'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Read --group 'connect-orders-sink'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Write --operation Describe --transactional-id 'orders-connect-orders-source-' --resource-pattern-type prefixed
kafka-acls.sh "$@" --add --allow-principal 'User:connect-orders' --operation Write --operation Describe --transactional-id 'connect-cluster-orders-connect'
