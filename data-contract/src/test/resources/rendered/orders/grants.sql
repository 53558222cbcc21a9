GRANT `roles/bigquery.dataViewer`
ON TABLE `shop-data.orders.large_orders`
TO "group:fraud@example.com";
