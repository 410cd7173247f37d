{%- extends 'gradebook_base.tpl' -%}

{%- block head -%}
<script>
var assignment_id = {{ assignment_id | tojson }};
var notebook_id = {{ notebook_id | tojson }};
</script>

<script src="{{ base_url }}/formgrader/static/js/gradebook_notebook_submissions.js"></script>
{%- endblock head -%}

{%- block breadcrumbs -%}
<ol class="breadcrumb">
  <li><a href="{{ base_url }}/formgrader/gradebook">Manual Grading</a></li>
  <li><a href="{{ base_url }}/formgrader/gradebook/{{ assignment_id }}">{{ assignment_id }}</a></li>
  <li class="active">{{ notebook_id }}</li>
</ol>
{%- endblock -%}

{%- block messages -%}
<p>
  <a class="btn btn-primary" id="first-ungraded" href="{{ base_url }}/formgrader/gradebook/{{ assignment_id }}/{{ notebook_id }}/next_ungraded">Grade the next ungraded</a>
  <button id="toggle_names" data-press="toggleAllNames" class="btn btn-default">Show All Names</button>
</p>
{%- endblock -%}

{%- block table_header -%}
<tr>
  <th></th>
  <th>Submission</th>
  <th class="text-center">Points</th>
  <th class="text-center">Checks</th>
  <th class="text-center">Texts</th>
  <th class="text-center">Rubric</th>
  <th class="text-center">Needs you?</th>
  <th class="text-center">Checks missed?</th>
  <th class="text-center">Flagged?</th>
</tr>
{%- endblock -%}

{%- block table_body -%}
<tr><td colspan="9">Loading, please wait...</td></tr>
{%- endblock -%}
