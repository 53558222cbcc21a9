#!/bin/sh
# Access to Kafka for product-catalog in cluster. Arguments: options of kafka-acls.sh, such as --bootstrap-server and --command-config.
set -eu
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Write --operation Read --operation Describe --topic 'products.raw'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Write --operation Read --operation Describe --topic 'products.team-a'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Write --operation Read --operation Describe --topic 'products.team-b'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Write --operation Describe --topic 'products.events'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Read --group 'connect-catalog-sink'
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Write --operation Describe --transactional-id 'catalog-connect-catalog-source-' --resource-pattern-type prefixed
kafka-acls.sh "$@" --add --allow-principal 'User:connect-catalog' --operation Write --operation Describe --transactional-id 'connect-cluster-catalog-connect'
kafka-acls.sh "$@" --add --allow-principal 'User:team-a-feed' --operation Read --operation Describe --topic 'products.team-a'
kafka-acls.sh "$@" --add --allow-principal 'User:team-a-feed' --operation Read --group 'team-a-feed'
