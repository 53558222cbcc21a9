{{ config(materialized='view') }}
select id, upper(name) as name, day from {{ ref('brands') }}
