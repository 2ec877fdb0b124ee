"""What mentoring means here: values and rules, pure. No clock, no files, no libraries.

One word for one thing:

=============  ==========================================================================================
workspace      a Slack team; every record belongs to one
program        one run of a mentoring scheme, with a first and a last day, a zone and four phases
phase          planning, connecting, advancing or transitioning: a window of days
person         somebody in a workspace; a *member* is a person in one program, with roles
pair           one mentor and one mentee, followed by one liaison
rhythm         how often a pair means to meet ("every two weeks")
meeting        what `/checkin` records: at most one for a pair and a day
goal           what a mentee works on, and how the mentor helps; at most three are open
answer         what somebody said to a reminder: not yet, or something is in the way
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
