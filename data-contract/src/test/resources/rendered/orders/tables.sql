CREATE TABLE IF NOT EXISTS `orders` (
  `order_id` INT64 NOT NULL OPTIONS (description = "Number of the order."),
  `customer_email` STRING NOT NULL OPTIONS (description = "Pseudonym of the customer's e-mail address."),
  `total` NUMERIC(12,2) NOT NULL OPTIONS (description = "Total in euros, written with a decimal comma."),
  `ordered_at` TIMESTAMP NOT NULL OPTIONS (description = "Time of the order."),
  `file_date` DATE NOT NULL OPTIONS (description = "Date in the key of the file."),
  `_kafka_topic` STRING NOT NULL,
  `_kafka_partition` INT64 NOT NULL,
  `_kafka_offset` INT64 NOT NULL,
  `_kafka_timestamp` TIMESTAMP
)
PARTITION BY TIMESTAMP_TRUNC(`ordered_at`, DAY)
CLUSTER BY `order_id`
OPTIONS (description = "All orders.", labels = [("cost-center", "cc-2077"), ("env", "prod")]);

CREATE TABLE IF NOT EXISTS `large_orders` (
  `order_id` INT64 NOT NULL OPTIONS (description = "Number of the order."),
  `customer_email` STRING NOT NULL OPTIONS (description = "Pseudonym of the customer's e-mail address."),
  `total` NUMERIC(12,2) NOT NULL OPTIONS (description = "Total in euros, written with a decimal comma."),
  `ordered_at` TIMESTAMP NOT NULL OPTIONS (description = "Time of the order."),
  `file_date` DATE NOT NULL OPTIONS (description = "Date in the key of the file."),
  `_kafka_topic` STRING NOT NULL,
  `_kafka_partition` INT64 NOT NULL,
  `_kafka_offset` INT64 NOT NULL,
  `_kafka_timestamp` TIMESTAMP
)
PARTITION BY TIMESTAMP_TRUNC(`ordered_at`, DAY)
CLUSTER BY `order_id`
OPTIONS (description = "Orders of at least 1000 euros, for the fraud team.", labels = [("cost-center", "cc-2077"), ("env", "prod")]);
