CREATE TABLE IF NOT EXISTS `products_raw` (
  `brand` STRING NOT NULL OPTIONS (description = "Name of the manufacturer."),
  `category_id` INT64 NOT NULL OPTIONS (description = "Number of the category in the catalogue service."),
  `comment` STRING OPTIONS (description = "Free text of the person who prepared the product. It is exported without a review."),
  `currency` STRING NOT NULL OPTIONS (description = "Currency code of ISO 4217."),
  `description` STRING OPTIONS (description = "Text that customers read."),
  `image` STRING OPTIONS (description = "Data URI of the picture; null without a picture."),
  `year_release` INT64 NOT NULL OPTIONS (description = "Year of the release."),
  `catalog_date` DATE NOT NULL OPTIONS (description = "Date in the key of the file."),
  `_s3_key` STRING OPTIONS (description = "Key of the S3 object that contains the row."),
  `_csv_row` INT64 OPTIONS (description = "Number of the row in its object."),
  `_kafka_topic` STRING NOT NULL,
  `_kafka_partition` INT64 NOT NULL,
  `_kafka_offset` INT64 NOT NULL,
  `_kafka_timestamp` TIMESTAMP
)
PARTITION BY `catalog_date`
CLUSTER BY `brand`
OPTIONS (description = "All products of all files.", labels = [("cost-center", "cc-1042"), ("env", "cluster")]);

CREATE TABLE IF NOT EXISTS `products_team_a` (
  `brand` STRING NOT NULL OPTIONS (description = "Name of the manufacturer."),
  `category_id` INT64 NOT NULL OPTIONS (description = "Number of the category in the catalogue service."),
  `comment` STRING OPTIONS (description = "Free text of the person who prepared the product. It is exported without a review."),
  `currency` STRING NOT NULL OPTIONS (description = "Currency code of ISO 4217."),
  `description` STRING OPTIONS (description = "Text that customers read."),
  `image` STRING OPTIONS (description = "Data URI of the picture; null without a picture."),
  `year_release` INT64 NOT NULL OPTIONS (description = "Year of the release."),
  `catalog_date` DATE NOT NULL OPTIONS (description = "Date in the key of the file."),
  `_s3_key` STRING OPTIONS (description = "Key of the S3 object that contains the row."),
  `_csv_row` INT64 OPTIONS (description = "Number of the row in its object."),
  `_kafka_topic` STRING NOT NULL,
  `_kafka_partition` INT64 NOT NULL,
  `_kafka_offset` INT64 NOT NULL,
  `_kafka_timestamp` TIMESTAMP
)
PARTITION BY `catalog_date`
CLUSTER BY `brand`
OPTIONS (description = "Products that have an image.", labels = [("cost-center", "cc-1042"), ("env", "cluster")]);

CREATE TABLE IF NOT EXISTS `products_team_b` (
  `brand` STRING NOT NULL OPTIONS (description = "Name of the manufacturer."),
  `category_id` INT64 NOT NULL OPTIONS (description = "Number of the category in the catalogue service."),
  `comment` STRING OPTIONS (description = "Free text of the person who prepared the product. It is exported without a review."),
  `currency` STRING NOT NULL OPTIONS (description = "Currency code of ISO 4217."),
  `description` STRING OPTIONS (description = "Text that customers read."),
  `image` STRING OPTIONS (description = "Data URI of the picture; null without a picture."),
  `year_release` INT64 NOT NULL OPTIONS (description = "Year of the release."),
  `catalog_date` DATE NOT NULL OPTIONS (description = "Date in the key of the file."),
  `_s3_key` STRING OPTIONS (description = "Key of the S3 object that contains the row."),
  `_csv_row` INT64 OPTIONS (description = "Number of the row in its object."),
  `_kafka_topic` STRING NOT NULL,
  `_kafka_partition` INT64 NOT NULL,
  `_kafka_offset` INT64 NOT NULL,
  `_kafka_timestamp` TIMESTAMP
)
PARTITION BY `catalog_date`
CLUSTER BY `brand`
OPTIONS (description = "Samsung products released after 2000 that have no image.", labels = [("cost-center", "cc-1042"), ("env", "cluster")]);
