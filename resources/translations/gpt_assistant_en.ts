<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>gpt_assistant</name>
    <message numerus="yes">
        <location filename="../../gpt_assistant/features/spelling_correcting.py"/>
        <source>{n} words are unknown, and nothing is like them.</source>
        <translation>
            <numerusform>One word is unknown, and nothing is like it.</numerusform>
            <numerusform>{n} words are unknown, and nothing is like them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>{n:,} connections</source>
        <translation>
            <numerusform>{n:,} connection</numerusform>
            <numerusform>{n:,} connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>{count}, {n:,} refused</source>
        <translation>
            <numerusform>{count}, {n:,} refused</numerusform>
            <numerusform>{count}, {n:,} refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>{n:,} bytes of this file are not valid {encoding}, the first in line {line}. They are shown as boxes and saved unchanged.</source>
        <translation>
            <numerusform>One byte of this file, in line {line}, is not valid {encoding}. It is shown as a box and saved unchanged.</numerusform>
            <numerusform>{n:,} bytes of this file are not valid {encoding}, the first in line {line}. They are shown as boxes and saved unchanged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>{n} encrypted files were put aside.</source>
        <translation>
            <numerusform>{n} encrypted file was put aside.</numerusform>
            <numerusform>{n} encrypted files were put aside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Save {n} documents?</source>
        <translation>
            <numerusform>Save {n} document?</numerusform>
            <numerusform>Save {n} documents?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>Words written so far in this session: {n:,}. What you delete is taken off. A session lasts until the next day; closing the program does not end it.</source>
        <translation>
            <numerusform>Words written so far in this session: {n:,}. What you delete is taken off. A session lasts until the next day; closing the program does not end it.</numerusform>
            <numerusform>Words written so far in this session: {n:,}. What you delete is taken off. A session lasts until the next day; closing the program does not end it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>You have written {n:,} words in this session: your goal is reached.</source>
        <translation>
            <numerusform>You have written {n:,} word in this session: your goal is reached.</numerusform>
            <numerusform>You have written {n:,} words in this session: your goal is reached.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>This document has {n:,} words: your goal is reached.</source>
        <translation>
            <numerusform>This document has {n:,} word: your goal is reached.</numerusform>
            <numerusform>This document has {n:,} words: your goal is reached.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{n:,} characters</source>
        <translation>
            <numerusform>{n:,} character</numerusform>
            <numerusform>{n:,} characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/mood_fitting.py"/>
        <source>Fitted to {n} sentences; of others it reads {share} % right.</source>
        <translation>
            <numerusform>Fitted to one sentence; of others it reads {share} % right.</numerusform>
            <numerusform>Fitted to {n} sentences; of others it reads {share} % right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>{n} paragraphs are not in English and are not read.</source>
        <translation>
            <numerusform>One paragraph is not in English and is not read.</numerusform>
            <numerusform>{n} paragraphs are not in English and are not read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{n:,} words</source>
        <translation>
            <numerusform>{n:,} word</numerusform>
            <numerusform>{n:,} words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>{n} documents</source>
        <translation>
            <numerusform>{n} document</numerusform>
            <numerusform>{n} documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>{n:,} issues</source>
        <translation>
            <numerusform>{n:,} issue</numerusform>
            <numerusform>{n:,} issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{n:,} words, {characters}</source>
        <translation>
            <numerusform>{n:,} word, {characters}</numerusform>
            <numerusform>{n:,} words, {characters}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{selected:,} of {n:,} words</source>
        <translation>
            <numerusform>{selected:,} of {n:,} word</numerusform>
            <numerusform>{selected:,} of {n:,} words</numerusform>
        </translation>
    </message>
</context>
</TS>
