-- Everybody as rows, from `drawn_mentors` and `drawn_mentees` (benchmarks/fill.py). Every mentor is given all
-- the facts that readiness asks for; what keeps the others from being ready is spread over six reasons.
-- %(at)s is the moment the night is for. Each statement ends with a semicolon at the end of its line, and is made
-- for tables without indexes.

INSERT INTO training_course (id, slug, title, summary, pass_mark, is_published)
VALUES (1, 'start', 'Getting started', '', 80, true);

INSERT INTO training_module (id, course_id, "order", slug, title, summary, lapses_after_months, when_changed)
VALUES (1, 1, 1, 'safe', 'Keeping people safe', '', 12, 'must');

INSERT INTO partners_helptopic (id, bit, name, is_offered, spoken)
SELECT bit + 1, bit, 'Topic ' || bit, true, '' FROM generate_series(0, 23) bit;

INSERT INTO partners_sector (id, bit, name, is_offered)
SELECT bit + 1, bit, 'Sector ' || bit, true FROM generate_series(0, 31) bit;

INSERT INTO partners_language (id, bit, name, is_offered)
SELECT bit + 1, bit, 'Language ' || bit, true FROM generate_series(0, 30) bit;

INSERT INTO partners_experience (id, bit, name, is_offered)
SELECT bit + 1, bit, 'Experience ' || bit, true FROM generate_series(0, 15) bit;

-- Whoever works for the employer that a school wishes for comes first: one school in eight has a wish.
INSERT INTO partners_organisation (id, name, kind, status, contact_name, contact_email, contact_phone, term_dates,
    meeting_sites, safeguarding_lead, safeguarding_phone, safeguarding_email, mentors_first_from_id)
SELECT n, 'Organisation ' || n, CASE WHEN n <= %(employers)s THEN 'employer' ELSE 'school' END, 'verified', '', '',
    '', '', '', '', '', '', CASE WHEN n > %(employers)s AND n %% 8 = 0 THEN n / 8 END
FROM generate_series(1, %(organisations)s) n;

INSERT INTO partners_programme (id, name, slug, place, starts_on, is_open, target_mentors, target_matches, course_id,
    min_age, max_age, permission_under, two_people_under, meeting_ways, months, meeting_minutes, years_of_work,
    years_after_degree, max_capacity, check_months, enhanced_check_under, offer_working_days, offer_reminder_day,
    permission_days, triage_working_days, weights)
SELECT n, 'Programme ' || n, 'programme-' || n, 'Place ' || n, (%(at)s)::date - 400, true, 0, 0, 1, 14, 25, 18, 18,
    'both', 12, 60, 5, 2, 3, 36, 18, 5, 3, 14, 5, '{}'
FROM generate_series(1, %(programmes)s) n;

-- The first half of a postcode, like AB1C, stands for a square of the grid where somebody lives.
INSERT INTO partners_outcode (code, town, borough, easting, northing)
SELECT chr(65 + n / 6760) || chr(65 + n / 260 %% 26) || n / 26 %% 10 || chr(65 + n %% 26), '', '', easting, northing
FROM (
    SELECT (row_number() OVER (ORDER BY easting, northing) - 1)::int AS n, easting, northing
    FROM (SELECT easting, northing FROM drawn_mentors UNION SELECT easting, northing FROM drawn_mentees) homes
) squares;

-- The members of staff who did the checks, then mentors, then young people.
INSERT INTO users_user (id, password, is_superuser, email, first_name, last_name, is_active, is_staff, date_joined)
SELECT n, '!', false, 'staff' || n || '@million.example', 'Staff', '', true, true, %(at)s
FROM generate_series(1, 9) n;

INSERT INTO users_user (id, password, is_superuser, email, first_name, last_name, is_active, is_staff, date_joined)
SELECT user_id, '!argon2-would-be-longer-than-this-but-nobody-signs-in', false, 'm' || id || '@million.example',
    'Mentor', 'Number ' || id, lacks <> 1, false, %(at)s
FROM drawn_mentors;

INSERT INTO users_user (id, password, is_superuser, email, first_name, last_name, is_active, is_staff, date_joined)
SELECT user_id, '!argon2-would-be-longer-than-this-but-nobody-signs-in', false, 'y' || id || '@million.example',
    'Young', 'Person ' || id, true, false, %(at)s
FROM drawn_mentees;

INSERT INTO mentors_mentor (id, user_id, status, signed_up_at, applied_at, nudged_day, approved_at, approved_by_id,
    has_degree, years_of_work, pronouns, gender, born_on, outcode, employer, employed_by_id, job_title, interests,
    free_slots, way, travel_minutes, accepted_ages, capacity, paused_until, relatives, conflicts_declared_at,
    motivation, code_agreed_at, may_be_named)
SELECT id, user_id, CASE WHEN lacks = 2 THEN 'suspended' WHEN lacks = 3 THEN 'applying' ELSE 'approved' END,
    approved_at - interval '40 days', approved_at - interval '30 days', 0, approved_at, 9, true, 10, '',
    (ARRAY['', 'woman', 'man', 'other'])[gender + 1], date '1960-01-01' + (id * 7919 %% 15000)::int, code,
    CASE WHEN employer > 0 THEN 'Organisation ' || employer ELSE '' END, nullif(employer, 0), 'Civil engineer',
    'Walking and old maps', slots, (ARRAY['online', 'in_person', 'either'])[ways], nullif(travel, 0) / 3,
    accepted_ages, capacity, CASE WHEN lacks = 4 THEN (%(at)s)::date + 30 END, '', approved_at,
    repeat('I would like to be the person I needed. ', 1 + (id %% 10)::int), approved_at, false
FROM (SELECT *, %(at)s::timestamptz - idle_days * interval '1 day' AS approved_at FROM drawn_mentors) drawn
JOIN partners_outcode USING (easting, northing)
ORDER BY id;

INSERT INTO mentors_mentor_programmes (mentor_id, programme_id)
SELECT id, bit + 1 FROM drawn_mentors, generate_series(0, 63) bit WHERE programmes >> bit & 1 = 1;

INSERT INTO mentors_mentor_topics (mentor_id, helptopic_id)
SELECT id, bit + 1 FROM drawn_mentors, generate_series(0, 23) bit WHERE topics >> bit & 1 = 1;

INSERT INTO mentors_mentor_sectors (mentor_id, sector_id)
SELECT id, bit + 1 FROM drawn_mentors, generate_series(0, 31) bit WHERE sectors >> bit & 1 = 1;

INSERT INTO mentors_mentor_languages (mentor_id, language_id)
SELECT id, bit + 1 FROM drawn_mentors, generate_series(0, 30) bit WHERE languages >> bit & 1 = 1;

INSERT INTO mentors_mentor_experiences (mentor_id, experience_id)
SELECT id, bit + 1 FROM drawn_mentors, generate_series(0, 15) bit WHERE experiences >> bit & 1 = 1;

INSERT INTO mentors_mentor_tied_to (mentor_id, organisation_id)
SELECT DISTINCT mentor_id, organisation_id FROM drawn_ties;

INSERT INTO mentors_disclosure (mentor_id, has_something, words, answered_at)
SELECT id, false, '', %(at)s FROM drawn_mentors;

INSERT INTO mentors_reference (mentor_id, status, name, email, knows_as, years_known, link_version, asked_at,
    answered_at, knows_well, is_suitable, has_worries, words, reminded_day)
SELECT id, 'given', 'Referee ' || n, 'referee' || n || '-' || id || '@million.example', 'Colleague', 5, 1, %(at)s,
    %(at)s, 'We have worked together for years, and I see them with young people often.', true, false,
    'Patient, on time, and funny when it helps.', 0
FROM drawn_mentors, generate_series(1, 2) n;

-- As they are recorded: identity and references together, DBS some days later.
INSERT INTO mentors_check (mentor_id, kind, seen_by_id, seen_at, is_clear, workforce, barred_list_reason,
    has_update_service_consent, correction_reason)
SELECT id, kind, 1, %(at)s::timestamptz - (idle_days + 20) * interval '1 day', true, '', '', false, ''
FROM drawn_mentors, unnest(ARRAY['identity', 'references']) kind
ORDER BY id;

INSERT INTO mentors_check (mentor_id, kind, seen_by_id, seen_at, is_clear, level, workforce, barred_list_reason,
    certificate_number, issued_on, expires_on, has_update_service_consent,
    correction_reason)
SELECT id, 'dbs', 2, %(at)s::timestamptz - (idle_days + 10) * interval '1 day', lacks <> 5, check_level, 'child',
    CASE WHEN check_level = 3 THEN 'Meets young people alone' ELSE '' END, lpad(id::text, 12, '0'),
    (%(at)s)::date - 200, CASE WHEN lacks = 6 THEN (%(at)s)::date - 1 ELSE (%(at)s)::date + 800 END, true, ''
FROM drawn_mentors
ORDER BY id;

INSERT INTO training_certificate (user_id, course_id, number, name, issued_on)
SELECT user_id, 1, '1MM-' || id, 'Mentor', (%(at)s)::date - 100 FROM drawn_mentors;

INSERT INTO training_modulepass (user_id, module_id, passed_on, lapses_on)
SELECT user_id, 1, (%(at)s)::date - 100, (%(at)s)::date + 265 FROM drawn_mentors;

INSERT INTO mentees_mentee (id, user_id, born_on, gender, outcode, organisation_id, school_name, required_language_id,
    goals, free_slots, way, travel_minutes, mentor_gender, good_to_know, heard_of_us, agreed_at)
SELECT id, user_id, (%(at)s)::date - age * interval '1 year' - (id * 7919 %% 360 + 2) * interval '1 day', '', code,
    nullif(organisation, 0), 'Some school', CASE WHEN required_language > 0 THEN log(2, required_language) + 1 END,
    repeat('Find my way into engineering. ', 1 + (id %% 5)::int), slots,
    (ARRAY['online', 'in_person', 'either'])[ways], CASE WHEN travel > 0 THEN travel / 3 ELSE 30 END,
    (ARRAY['', 'woman', 'man'])[required_gender + 1], '', '', asked_at
FROM (
    SELECT *, %(at)s::timestamptz - waiting_days * interval '1 day' AS asked_at,
        (ARRAY[14, 16, 18, 22])[log(2, age_band) + 1] + id %% 2 AS age
    FROM drawn_mentees
) drawn
JOIN partners_outcode USING (easting, northing)
ORDER BY id;

INSERT INTO mentees_mentee_topics (mentee_id, helptopic_id)
SELECT id, bit + 1 FROM drawn_mentees, generate_series(0, 23) bit WHERE topics >> bit & 1 = 1;

INSERT INTO mentees_mentee_sectors (mentee_id, sector_id)
SELECT id, bit + 1 FROM drawn_mentees, generate_series(0, 31) bit WHERE sectors >> bit & 1 = 1;

INSERT INTO mentees_mentee_languages (mentee_id, language_id)
SELECT id, bit + 1 FROM drawn_mentees, generate_series(0, 30) bit WHERE languages >> bit & 1 = 1;

INSERT INTO mentees_mentee_experiences (mentee_id, experience_id)
SELECT id, bit + 1 FROM drawn_mentees, generate_series(0, 15) bit WHERE experiences >> bit & 1 = 1;

INSERT INTO mentees_permission (mentee_id, status, how, guardian_name, guardian_email, guardian_is, link_version,
    asked_at, expires_on, answered_at)
SELECT id, 'given', 'link', 'Denise', 'guardian' || id || '@million.example', 'Parent or carer', 1, %(at)s,
    (%(at)s)::date + 14, %(at)s
FROM drawn_mentees WHERE age_band < 4;

INSERT INTO mentees_request (id, mentee_id, programme_id, status, asked_at, confirmed_at, wants_a_talk_first,
    triaged_at, triaged_by_id, words_to_them, their_answer)
SELECT id, person, programme + 1, 'accepted', asked_at, asked_at, false, asked_at, 3, '', ''
FROM (SELECT *, %(at)s::timestamptz - waiting_days * interval '1 day' AS asked_at FROM drawn_mentees) drawn
ORDER BY id;

INSERT INTO mentees_referral (request_id, organisation_id, sent_at, note, first_name, last_name, form_key)
SELECT id, referrer, %(at)s, '', 'Young', 'Person ' || id, md5(id::text)::uuid
FROM drawn_mentees WHERE referrer > 0;

-- Some are matched: they hold a place of their mentor, and wait no more.
INSERT INTO matching_match (slot, status, components, shared, approved_at, active_at, ended_why, mentee_id, mentor_id,
    programme_id, request_id)
SELECT 1, 'active', '{}', '{}', %(at)s::timestamptz - mentor.idle_days * interval '1 day', %(at)s, '', mentee.person,
    mentor.id, mentee.programme + 1, mentee.id
FROM drawn_mentees mentee
JOIN drawn_mentors mentor ON mentor.id = mentee.mentor;

INSERT INTO matching_block (mentor_id, mentee_id, why, note, at)
SELECT DISTINCT mentor_id, mentee_id, 'known', '', %(at)s::timestamptz FROM drawn_blocks;

-- What the actions would have written: tests compare it with the facts above.
INSERT INTO mentors_profile (mentor_id, topics, sectors, languages, experiences, slots, ways, easting, northing, travel,
    gender, accepted_ages, capacity, employer)
SELECT id, topics, sectors, languages, experiences, slots, ways, easting, northing, travel, gender, accepted_ages,
    capacity, employer
FROM drawn_mentors
ORDER BY id;

INSERT INTO mentees_profile (mentee_id, topics, sectors, languages, experiences, slots, ways, easting, northing, travel,
    required_language, required_gender, born_on, organisation)
SELECT drawn.id, topics, sectors, languages, experiences, slots, ways, easting, northing, travel, required_language,
    required_gender, to_char(mentee.born_on, 'YYYYMMDD')::int, organisation
FROM drawn_mentees drawn
JOIN mentees_mentee mentee ON mentee.id = drawn.id
ORDER BY drawn.id;
