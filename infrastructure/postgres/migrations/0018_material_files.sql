-- Files that staff shares as material of a season. The event that publishes one names its digest, its name and its type.
create table material_file (
    material_id uuid  not null,
    digest      text  not null,
    content     bytea not null,
    constraint material_file_pkey primary key (material_id, digest)
);
