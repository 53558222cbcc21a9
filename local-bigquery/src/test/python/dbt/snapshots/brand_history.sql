{% snapshot brand_history %}
{{ config(target_schema='models', unique_key='id', strategy='check', check_cols=['name']) }}
select id, name from {{ ref('brands') }}
{% endsnapshot %}
