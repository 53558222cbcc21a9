{{ config(materialized='incremental', unique_key='id') }}
select id, name, day from {{ ref('brands') }}
{% if is_incremental() %}
where day >= (select max(day) from {{ this }})
{% endif %}
