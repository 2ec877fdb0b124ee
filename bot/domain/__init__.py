"""What mentoring means here: values and rules, pure. No clock, no files, no libraries.

One word for one thing:

=============  ==========================================================================================
workspace      a Slack team; every record belongs to one
program        one run of a mentoring scheme, with a first and a last day, a zone and four phases
phase          planning, connecting, advancing or transitioning: a window of days
person         somebody in a workspace; a *member* is a person in one program, with roles
pair           one mentor and one mentee, followed by one liaison
rhythm         how often a pair means to meet ("every two weeks")
agreement      what the two expect of each other, in versions; in force once both have signed
terms          what stands in a version of it
meeting        what `/checkin` records: at most one for a pair and a day; the partner confirms or denies it
correction     what was put right about a meeting when it was too late to change it
appointment    when a pair means to meet next
promise        what one of the two will do, perhaps by a day: shown to people as "next steps"
goal           what a mentee works on, and how the mentor helps; at most three are open; its *moves* are its story
task           what a pair does once in its year, told by what is on record: first meeting, agreement, goals …
reply          what somebody said to a question that the program asks once: halfway, a conference, rounding off
evidence       what a pair has done, as far as rules need it: counts and choices, none of their words
answer         what somebody said to a reminder: not yet, or something is in the way
ending         a pair's end before the program's, without blame; a *rematch* is the wish for a new partner
handover       a pair that went from one liaison to another
draft          what somebody has typed into a form and not sent
circle         who sees a thing that somebody wrote (privacy.py)
pause          days on which a person wants to hear nothing, and on which no clock of theirs runs
entry          one line of a timetable: what is to be said to whom, on which days
slot           the identity of one nudge: (rule, subject, occurrence, person); sent at most once
nudge          something that is to be said to one person: open, then noted, lapsed or withdrawn
note           one Slack message: all that is to be said to one person at one moment
digest         a note's part for a liaison: which of their pairs need a look
step           what would help a pair most now, as one of the two sees it: the first thing on their Home
glance         a program in figures: no names, nothing that anybody wrote
announcement   what a coordinator says to an audience
=============  ==========================================================================================
"""
