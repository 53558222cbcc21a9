{{ config(materialized='table') }}
select day, count(*) as brands from {{ ref('brand_view') }} group by day
